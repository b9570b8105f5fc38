import { expect, test } from 'vitest'
import { approvedReason, needsSecondPerson } from './approvals.ts'
import { type Settings, settingFields, settingsErrors, settingsFrom } from './settings.ts'

const usual: Settings = {
  secondPerson: 'nobody',
  keyAgeNoticeDays: 365,
  keyAgeWarnDays: 730,
  addressPools: [],
  reservedAddresses: [],
  statusHistoryDays: 400,
}

test('what nobody has set is as by default, and what no rule takes counts as not set', () => {
  expect(settingsFrom({})).toEqual(usual)
  expect(settingsFrom({ secondPerson: 'high-risk', keyAgeWarnDays: 900, other: 1 })).toEqual({
    ...usual,
    secondPerson: 'high-risk',
    keyAgeWarnDays: 900,
  })
  expect(settingsFrom({ secondPerson: true, keyAgeNoticeDays: '1', keyAgeWarnDays: 0.5 })).toEqual(usual)
})

test('each default is one that its own rule takes, and they go together', () => {
  for (const { rule, default: value } of Object.values(settingFields)) expect(rule.safeParse(value).success).toBe(true)
  expect(settingsErrors(usual)).toEqual([])
})

test('a warning comes after the mention', () => {
  expect(settingsErrors({ ...usual, keyAgeWarnDays: 365 })).toMatchObject([{ pointer: '/keyAgeWarnDays' }])
})

const high = [{ risk: 'low' }, { risk: 'high' }] as const
const medium = [{ risk: 'medium' }] as const

test.each([
  ['high-risk', 'operator', high, true],
  ['high-risk', 'operator', medium, false],
  ['high-risk', 'operator', [], false],
  ['high-risk', 'admin', high, false],
  ['high-risk', null, high, false],
  ['nobody', 'operator', high, false],
] as const)('with "%s" set, a change by %s with %j waits: %s', (secondPerson, role, effects, waits) => {
  expect(needsSecondPerson({ secondPerson }, role, effects)).toBe(waits)
})

test('the log says who approved it, beside why it was wanted', () => {
  expect(approvedReason(null, 'ada@example.com', null)).toBe('Approved by ada@example.com')
  expect(approvedReason('new line', 'ada@example.com', 'seen')).toBe('new line\nApproved by ada@example.com: seen')
})
