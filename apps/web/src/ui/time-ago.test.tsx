import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { TimeAgo } from './time-ago.tsx'

const at = new Date(Date.now() - 4 * 60_000).toISOString()

test('the exact time in UTC shows on keyboard focus, describes the time, and Escape puts it away', async () => {
  await render(<TimeAgo at={at} />)
  const time = page.getByText('4 min ago')
  await expect.element(time).toHaveAttribute('datetime', at)
  await userEvent.keyboard('{Tab}')
  await expect.element(time).toHaveFocus()
  const utc = `${at.slice(0, 19).replace('T', ' ')} UTC`
  await expect.element(page.getByRole('tooltip').getByText(utc)).toBeVisible()
  await expect.element(time).toHaveAccessibleDescription(/UTC/)
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('tooltip')).not.toBeInTheDocument()
  await expect.element(time).toHaveFocus()
})

test('a time that cannot be read is shown as it came', async () => {
  await render(<TimeAgo at="soon" />)
  await expect.element(page.getByText('soon')).toBeVisible()
})
