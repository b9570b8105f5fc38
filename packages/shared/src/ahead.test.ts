import { expect, test } from 'vitest'
import { comingChanges } from './ahead.ts'
import { blankDraft } from './draft.ts'

const now = { ...blankDraft, name: 'paris-a', replay_protection: true }

test('a patch tells what it would change as things are now, and what is so already', () => {
  const patch = { health_check: { rate: 'high', type: 'request' }, description: 'Ticket 7', replay_protection: true }
  expect(
    comingChanges(now, patch).map(({ path, before, after, isAlready }) => [path, before, after, isAlready]),
  ).toEqual([
    ['description', '', 'Ticket 7', false],
    ['health_check.rate', 'mid', 'high', false],
    ['health_check.type', 'request', 'request', true],
    ['replay_protection', true, true, true],
  ])
})

test('BGP that comes or goes is told as its switch, and fields of BGP only where there is one', () => {
  const coming = comingChanges(now, { bgp: { customer_asn: 65_000 } })
  expect(coming).toMatchObject([
    { path: 'bgp.enabled', before: false, after: true },
    { path: 'bgp.customer_asn', before: null, after: 65_000 },
  ])
  expect(comingChanges(now, { bgp: null })).toMatchObject([{ path: 'bgp.enabled', isAlready: true }])
})

test('a secret is told as set, and never as being so already', () => {
  const live = { ...now, bgp: { ...now.bgp, enabled: true, customer_asn: 1, md5_key: 'hunter2' } }
  const [, secret] = comingChanges(live, { bgp: { md5_key: 'hunter2' } })
  expect(secret).toMatchObject({ path: 'bgp.md5_key', before: '(set)', after: '(set)', isAlready: false })
})
