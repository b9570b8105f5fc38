import { expect, test } from 'vitest'
import { sessionOf } from '../test/bff.tsx'
import { NeedsPermission, requires } from './session.ts'

const guard = requires('tunnel.update')
const enter = (role: 'operator' | 'support', cause: 'enter' | 'stay') => () =>
  guard({ context: { session: sessionOf(role) }, cause })

test('H10 a guard stops who comes, and lets stay who was there when their role changed', () => {
  expect(enter('support', 'enter')).toThrow(NeedsPermission)
  // Somebody whom the page has refused is still refused when its address changes.
  expect(enter('support', 'stay')).toThrow(NeedsPermission)
  expect(enter('operator', 'enter')).not.toThrow()
  expect(enter('support', 'stay')).not.toThrow()
  expect(enter('support', 'enter')).toThrow(NeedsPermission)
})
