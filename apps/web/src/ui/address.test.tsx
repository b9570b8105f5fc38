import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { Address } from './address.tsx'
import { Announcer } from './announcer.tsx'

afterEach(() => vi.restoreAllMocks())

const button = page.getByRole('button', { name: 'Copy 10.64.0.1/31' })

async function pressCopy() {
  await render(
    <>
      <Announcer />
      <Address value="10.64.0.1/31" />
    </>,
  )
  await button.click()
}

test('an address is copied whole, which is said and shown', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await pressCopy()
  await expect.element(page.getByRole('status')).toHaveTextContent('Copied')
  await expect.element(button).toHaveAttribute('data-outcome', 'copied')
  expect(write).toHaveBeenCalledWith('10.64.0.1/31')
})

test('an address that could not be copied says so', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
  await pressCopy()
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Copying failed. Select the text and copy it yourself.')
  await expect.element(button).toHaveAttribute('data-outcome', 'failed')
})

test('where there is no clipboard, as over plain HTTP, it says so too', async () => {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as never)
  await pressCopy()
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Copying failed. Select the text and copy it yourself.')
  await expect.element(button).toHaveAttribute('data-outcome', 'failed')
})
