import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { useShortcuts } from './shortcuts.ts'

function Page({ told }: { told: string[] }) {
  useShortcuts({ '[': () => told.push('previous'), 'Mod+k': () => told.push('palette') })
  return null
}

const strike = (init: KeyboardEventInit) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))

test('a bracket that AltGr types, which Windows tells with Ctrl, is a bracket', async () => {
  const told: string[] = []
  await render(<Page told={told} />)
  strike({ key: '[', ctrlKey: true, altKey: true, modifierAltGraph: true })
  strike({ key: '[', ctrlKey: true })
  strike({ key: 'k', ctrlKey: true })
  expect(told).toEqual(['previous', 'palette'])
})
