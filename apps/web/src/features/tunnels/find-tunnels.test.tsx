import { expect, test } from 'vitest'
import { findTunnels } from './find-tunnels.ts'
import { tunnelAt, worldOf } from './test-world.tsx'

const called = ['lon-a', 'paris-a', 'paris-b', 'new-paris'].map((name, n) => tunnelAt(n, { name }))
const { tunnels, statuses } = worldOf(called, { 2: 0.1, 3: 0.1 })
const found = (query: string) => findTunnels(tunnels, statuses, query).map(({ name }) => name)

test('of two names that fit as well, the tunnel that is down stands first', () => {
  expect(found('paris')).toEqual(['paris-b', 'paris-a', 'new-paris'])
})

test('the very name stands first, whatever its state', () => {
  expect(found('paris-a')).toEqual(['paris-a'])
})

test('the word of a state finds the tunnels in it', () => {
  expect(found('down')).toEqual(['new-paris', 'paris-b'])
})
