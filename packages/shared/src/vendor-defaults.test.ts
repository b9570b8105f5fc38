import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankDraft, type TunnelDraft } from './draft.ts'
import { draftProblems } from './form.ts'
import { usualFor, vendorOf, vendors, withVendorDefaults } from './vendor-defaults.ts'

const ids = vendors.map(({ id }) => id)
const azured = { ...blankDraft, customer_endpoint: '203.0.113.9' }

test.each(['palo-alto', 'check-point', 'cisco', 'fortinet'])(
  '%s drops unasked replies, so probes are requests',
  (id) => {
    expect(withVendorDefaults(blankDraft, id, {}).draft.health_check.type).toBe('request')
    expect(usualFor(blankDraft, id, 'health_check.type')).toMatchObject({ isKept: true, reason: /requests/ })
  },
)

test.each(['meraki', 'aws', 'velocloud', 'gcp', 'azure', 'pfsense'])('%s has replay protection on', (id) => {
  expect(withVendorDefaults(blankDraft, id, {}).draft.replay_protection).toBe(true)
  expect(usualFor(blankDraft, id, 'replay_protection')?.reason).toMatch(/\.$/)
})

test.each(['strongswan', 'juniper', 'vyos', 'other', null])('%s changes nothing of a new tunnel', (id) => {
  expect(withVendorDefaults(blankDraft, id, {}).draft).toEqual(blankDraft)
})

test('Azure is probed at its public address, as soon as that is known', () => {
  const { draft, given } = withVendorDefaults(blankDraft, 'azure', {})
  expect(draft.health_check).toMatchObject({ type: 'reply', target: { saved: '' } })
  const known = withVendorDefaults({ ...draft, customer_endpoint: '203.0.113.9' }, 'azure', given)
  expect(known.draft.health_check.target.saved).toBe('203.0.113.9')
  const moved = withVendorDefaults({ ...known.draft, customer_endpoint: '203.0.113.10' }, 'azure', known.given)
  expect(moved.draft.health_check.target.saved).toBe('203.0.113.10')
})

test('another vendor takes the defaults of the one before back, and leaves what was set by hand', () => {
  const meraki = withVendorDefaults(blankDraft, 'meraki', {})
  expect(withVendorDefaults(meraki.draft, 'vyos', meraki.given).draft).toEqual(blankDraft)
  const byHand = { ...meraki.draft, health_check: { ...meraki.draft.health_check, rate: 'high' } }
  const { draft } = withVendorDefaults(byHand, 'vyos', meraki.given)
  expect(draft.health_check.rate).toBe('high')
  expect(draft.replay_protection).toBe(false)
  expect(usualFor(byHand, 'meraki', 'health_check.rate')).toMatchObject({ isKept: false, value: 'low' })
})

test('a value that was set by hand is kept through any vendors, and asking twice changes nothing', () => {
  const chosen = fc.constantFrom(...ids)
  fc.assert(
    fc.property(fc.array(chosen, { minLength: 1, maxLength: 5 }), fc.constantFrom('low', 'high'), (list, rate) => {
      const byHand: TunnelDraft = { ...azured, health_check: { ...azured.health_check, rate } }
      let state: ReturnType<typeof withVendorDefaults> = { draft: byHand, given: {} }
      for (const id of list) {
        state = withVendorDefaults(state.draft, id, state.given)
        expect(withVendorDefaults(state.draft, id, state.given)).toEqual(state)
      }
      expect(state.draft.health_check.rate).toBe(rate)
    }),
    { numRuns: 100 },
  )
})

test('every default is a value that its field takes, and says why', () => {
  for (const { id, label, defaults } of vendors) {
    expect(vendorOf(id)?.label).toBe(label)
    const { draft } = withVendorDefaults(azured, id, {})
    expect(draftProblems(draft).filter(({ path }) => defaults(azured).some((entry) => entry.path === path))).toEqual([])
    for (const { reason } of defaults(azured)) expect(reason).toMatch(/^[A-Z].+\.$/)
  }
})
