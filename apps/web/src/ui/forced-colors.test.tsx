import type { TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { HistoryPictures } from '../features/tunnels/status/history-pictures.tsx'
import { drawnFor } from '../test/looks.ts'
import { Button } from './button.tsx'
import { CountFilter } from './count-filter.tsx'
import { StateShape } from './state-shape.tsx'
import { Tabs } from './tabs.tsx'

beforeEach(() => drawnFor({ features: [{ name: 'forced-colors', value: 'active' }] }))

const styleOf = (element: Element | null) => getComputedStyle(element ?? document.body)

/** A colour of the system, as styles tell it. */
function system(name: string): string {
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.color = name
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

test('the tab that is open is underlined, and no other', async () => {
  const tabs = ['Status', 'Configuration'].map((label) => ({ value: label, label, content: label }))
  await render(<Tabs label="Tunnel" value="Status" onChange={() => undefined} tabs={tabs} />)
  const line = (name: string) => styleOf(page.getByRole('tab', { name }).element()).borderBottomColor
  expect(line('Status')).toBe(system('Highlight'))
  expect(line('Configuration')).toBe(system('Canvas'))
})

test('what is pressed is filled, with its words and its shape on it', async () => {
  await render(
    <>
      <Button aria-pressed className="border-accent! bg-sunken! text-accent!">
        7 days
      </Button>
      <Button aria-pressed={false}>90 days</Button>
      <CountFilter
        label="Filter"
        counted={[{ value: 'down', word: 'Down', tone: 'down', shape: 'square-cross', count: 2 }]}
        chosen="down"
        onChange={() => undefined}
      />
    </>,
  )
  for (const name of ['7 days', 'Down 2']) {
    const pressed = page.getByRole('button', { name }).element()
    expect(styleOf(pressed).backgroundColor).toBe(system('Highlight'))
    for (const part of [pressed, ...pressed.querySelectorAll('span')])
      expect(styleOf(part).color).toBe(system('HighlightText'))
  }
  const cross = page.getByRole('button', { name: 'Down 2' }).element().querySelector('svg path')
  expect(styleOf(cross).stroke).toBe(system('Highlight'))
  expect(styleOf(page.getByRole('button', { name: '90 days' }).element()).backgroundColor).not.toBe(system('Highlight'))
})

test('a shape keeps what is cut out of it', async () => {
  await render(<StateShape shape="square-cross" className="text-down-fill" />)
  expect(styleOf(document.querySelector('svg path')).stroke).toBe(system('Canvas'))
})

test('states side by side are told apart', async () => {
  const history: TunnelHistoryAnswer = {
    from: '2026-11-27T00:00:00Z',
    to: '2026-11-28T00:00:00Z',
    periods: [
      { state: 'up', reason: '', from: '2026-11-27T00:00:00Z', to: '2026-11-27T12:00:00Z' },
      { state: 'down', reason: '', from: '2026-11-27T12:00:00Z', to: null },
    ],
    changes: [],
    coverage: 1,
    uptime: 0.5,
    traffic: null,
    older: null,
  }
  await render(<HistoryPictures history={history} />)
  const bar = (tone: string) => styleOf(document.querySelector(`[role=slider] rect.fill-${tone}-fill`))
  expect([bar('up').fill, bar('up').stroke]).toEqual([system('Canvas'), system('CanvasText')])
  expect([bar('down').fill, bar('down').stroke]).toEqual([system('CanvasText'), system('Canvas')])
})
