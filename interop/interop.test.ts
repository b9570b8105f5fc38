import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tryOut } from './run.ts'

const namespaces = () => readdirSync('/run/netns').filter((name) => name.endsWith(`-${process.pid}`))

test('the generated files carry a ping and BGP through a real tunnel, a wrong key is refused, and nothing stays behind', async () => {
  const lines: string[] = []
  const { sas, protocols, wrongKey } = await tryOut((line) => lines.push(line), true)
  expect(sas).toMatch(/ESTABLISHED[\s\S]*INSTALLED/)
  expect(protocols).toMatch(/BGP state: +Established/)
  expect(wrongKey).toMatch(/AUTHENTICATION_FAILED/)
  expect(lines.at(-1)).toBe('a wrong key is refused: AUTHENTICATION_FAILED')
  expect(namespaces()).toEqual([])
}, 120_000)
