import { expect, test } from 'vitest'
import { bulkPaths, chosenDraft, isAnythingChosen, noChoices, restoredDraft, togetherWords } from './bulk.ts'
import { diffDrafts } from './diff.ts'
import { blankDraft } from './draft.ts'
import { withValue } from './field-values.ts'

const branch = { ...blankDraft, name: 'branch-07', description: 'Lyon' }

test('what is left as it is stays in every tunnel', () => {
  expect(chosenDraft(branch, noChoices)).toEqual(branch)
  expect(isAnythingChosen(noChoices)).toBe(false)
})

test.each(bulkPaths)('%s is laid over each tunnel, and nothing else changes', (path) => {
  const value =
    path === 'health_check.rate' ? 'high' : path.includes('_check.') && path !== 'health_check.enabled' ? 'x' : false
  const before = withValue(branch, path, value === false ? true : 'low')
  const wanted = chosenDraft(before, { values: { [path]: value }, description: null })
  expect(diffDrafts(before, wanted).map(({ path: changed }) => changed)).toEqual([path])
})

test.each([
  ['replace', 'Metz', 'Metz'],
  ['replace', '', ''],
  ['prefix', 'FR ', 'FR Lyon'],
  ['prefix', 'Ly', 'Lyon'],
  ['suffix', ', old', 'Lyon, old'],
  ['suffix', 'on', 'Lyon'],
] as const)('a description is changed by %s of %j to %j, and by a second time no further', (how, text, after) => {
  const choices = { values: {}, description: { how, text } }
  const once = chosenDraft(branch, choices)
  expect(once.description).toBe(after)
  expect(chosenDraft(once, choices)).toEqual(once)
})

test.each([
  ['replace', true],
  ['prefix', false],
  ['suffix', false],
] as const)('%s by no text is something to do: %s', (how, isSomething) => {
  expect(isAnythingChosen({ values: {}, description: { how, text: '' } })).toBe(isSomething)
})

test('a restore gives back the former values, all of them or none', () => {
  const changed = withValue(withValue(branch, 'health_check.rate', 'high'), 'replay_protection', true)
  const changes = diffDrafts(branch, changed)
  expect(restoredDraft(changed, changes)).toEqual({ wanted: branch, changedSince: [] })
  const touched = withValue(changed, 'health_check.rate', 'low')
  const { wanted, changedSince } = restoredDraft(touched, changes)
  expect(wanted).toEqual(touched)
  expect(changedSince.map(({ path }) => path)).toEqual(['health_check.rate'])
})

test('a restore of what was restored already changes nothing', () => {
  const changes = diffDrafts(branch, withValue(branch, 'health_check.rate', 'high'))
  expect(restoredDraft(branch, changes)).toEqual({ wanted: branch, changedSince: [] })
})

test('a secret cannot be restored and keeps its value', () => {
  const keyed = withValue(withValue(branch, 'bgp.enabled', true), 'bgp.md5_key', 'now')
  const change = { path: 'bgp.md5_key', label: 'MD5 key', before: '(set)', after: '(set)' }
  expect(restoredDraft(keyed, [change])).toEqual({ wanted: keyed, changedSince: [] })
})

test('mixed values are counted, the most frequent first', () => {
  const low = withValue(branch, 'health_check.rate', 'low')
  expect(togetherWords([branch, branch], 'health_check.rate')).toBe('Medium')
  expect(togetherWords([low, branch, branch], 'health_check.rate')).toBe('mixed: 2 Medium, 1 Low')
  const described = ['a', 'b', 'c', 'd', 'e'].map((description) => ({ ...branch, description }))
  expect(togetherWords(described, 'description')).toBe('mixed: 5 different values')
})
