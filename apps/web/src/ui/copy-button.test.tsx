import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { Announcer } from './announcer.tsx'
import { CopyButton } from './copy-button.tsx'

afterEach(() => vi.restoreAllMocks())

async function pressCopy() {
  await render(
    <>
      <Announcer />
      <CopyButton value="10.0.0.1" label="Copy address" />
    </>,
  )
  await page.getByRole('button', { name: 'Copy address' }).click()
}

test('copying is announced, and the button keeps its name', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await pressCopy()
  await expect.element(page.getByRole('status')).toHaveTextContent('Copied')
  await expect.element(page.getByRole('button', { name: 'Copy address' })).toBeVisible()
  expect(write).toHaveBeenCalledWith('10.0.0.1')
})

test('a refused clipboard is announced too', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
  await pressCopy()
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Copying failed. Select the text and copy it yourself.')
})
