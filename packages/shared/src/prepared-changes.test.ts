import { expect, test } from 'vitest'
import { diffDrafts } from './diff.ts'
import { blankDraft } from './draft.ts'
import { nameOfPatch, preparedChanges, withPrepared } from './prepared-changes.ts'
import { type PreparedName, preparedName } from './prepared-names.ts'

const live = {
  ...blankDraft,
  name: 'branch-07',
  health_check: { ...blankDraft.health_check, enabled: false, type: 'reply', rate: 'high' },
}

test.each<[PreparedName, string]>([
  ['monitor-it', 'health_check.enabled'],
  ['probe-by-request', 'health_check.type'],
  ['protect-from-replay', 'replay_protection'],
])('%s changes %s of the live tunnel and nothing else', (name, path) => {
  expect(diffDrafts(live, withPrepared(live, name)).map((change) => change.path)).toEqual([path])
})

test('a prepared change is found by what it changes, also after it went over the wire', () => {
  for (const [name, patch] of Object.entries(preparedChanges)) {
    expect(nameOfPatch(JSON.parse(JSON.stringify(patch)))).toBe(name)
  }
  expect(nameOfPatch({ name: 'x' })).toBeUndefined()
})

test('an address names a prepared change or none', () => {
  expect(preparedName('monitor-it')).toBe('monitor-it')
  expect([preparedName('constructor'), preparedName(undefined), preparedName({})]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
