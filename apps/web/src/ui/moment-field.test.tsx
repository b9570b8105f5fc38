import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { noteServerTime } from '../lib/server-clock.ts'
import { MomentField, momentText } from './moment-field.tsx'

const hourMs = 3_600_000
const serverIsAhead = (ms: number) =>
  noteServerTime(new Response(null, { headers: { date: new Date(Date.now() + ms).toUTCString() } }))

afterEach(() => serverIsAhead(0))

const show = (inMs: number, canStartNow = false) => {
  const value = momentText(new Date(Date.now() + inMs))
  return render(<MomentField label="Start at" value={value} onChange={() => undefined} canStartNow={canStartNow} />)
}

test('whether a moment has passed is judged by the server’s clock: one that is fast here', async () => {
  serverIsAhead(-3 * hourMs)
  await show(-2 * hourMs)
  await expect.element(page.getByText(/In your zone/)).toBeVisible()
  await expect.element(page.getByText(/This moment has passed/)).not.toBeInTheDocument()
})

test('and one that is slow here', async () => {
  serverIsAhead(3 * hourMs)
  await show(2 * hourMs)
  await expect.element(page.getByText(/This moment has passed/)).toBeVisible()
})

test('to start now is offered only where something can be started', async () => {
  await show(-2 * hourMs, true)
  const words = page.getByText(/^This moment has passed/)
  await expect.element(words).toHaveTextContent('This moment has passed. Choose a later one, or start now.')
})

test('and nowhere else', async () => {
  await show(-2 * hourMs)
  const words = page.getByText(/^This moment has passed/)
  await expect.element(words).toHaveTextContent('This moment has passed. Choose a later one.')
})
