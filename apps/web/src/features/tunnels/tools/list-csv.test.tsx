import { expect, test } from 'vitest'
import { tunnelAt, worldOf } from '../test-world.tsx'
import { placesByName, rowsByName } from '../tunnel-rows.ts'
import { listCsv } from './list-csv.ts'

const rowsOf = (isOld: boolean) => {
  const { tunnels, statuses } = worldOf([tunnelAt(7, { name: '=cmd', description: 'a, b' })], { 0: 0.1 })
  return rowsByName(placesByName(tunnels), statuses, isOld)
}

test('a file holds what is shown, with when it was so; a name that is a formula does nothing (S60)', () => {
  const [head, line] = listCsv(rowsOf(false), ['affects', 'inside'], '2026-11-22T12:00:00Z').split('\r\n')
  expect(head).toBe('State,Reason,Since,State as of,Name,Description,ID,Affects traffic,Inside address')
  expect(line).toContain('Down,"Health checks pass 10%",,2026-11-22T12:00:00Z,"\'=cmd","a, b",')
  expect(line).toContain(',unknown,10.252.0.14/31')
})

test('a state that is too old to be believed is told as what was', () => {
  expect(listCsv(rowsOf(true), [], null).split('\r\n')[1]).toMatch(/^was down,/)
})
