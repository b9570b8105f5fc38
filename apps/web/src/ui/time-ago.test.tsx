import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { setTimesInUtc } from '../lib/times-in-utc.ts'
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

test('forty seconds are not "just now"', async () => {
  await render(<TimeAgo at={new Date(Date.now() - 40_000).toISOString()} />)
  await expect.element(page.getByText(/^4\d s ago$/)).toBeVisible()
})

test('with times in UTC the tooltip tells UTC first, then local time', async () => {
  await render(<TimeAgo at={at} />)
  setTimesInUtc(true)
  await userEvent.keyboard('{Tab}')
  const tip = page.getByRole('tooltip')
  await expect.element(tip).toBeVisible()
  expect(tip.element().textContent).toMatch(/UTC.*\(local\)$/)
  setTimesInUtc(false)
  await expect.poll(() => tip.element().textContent).toMatch(/\(local\).*UTC$/)
})
