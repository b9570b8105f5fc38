import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { Button } from './button.tsx'

test.each(['described', 'below'] as const)(
  'a button keeps the focus when its reason (%s) comes and goes',
  async (place) => {
    const draw = (reason?: string) => (
      <Button disabledReason={reason} reasonPlace={place}>
        Save
      </Button>
    )
    const { rerender } = await render(draw())
    const button = page.getByRole('button', { name: 'Save' })
    ;(button.element() as HTMLElement).focus()
    await rerender(draw('Choose a value first'))
    await expect.element(button).toHaveFocus()
    await expect.element(button).toHaveAccessibleDescription('Choose a value first')
    await rerender(draw())
    await expect.element(button).toHaveFocus()
    await expect.element(button).not.toHaveAttribute('aria-disabled')
  },
)
