import { ProblemError } from '@tunnel-console/shared/problem'
import { expect, test } from 'vitest'
import { branch } from '../test/world.ts'
import { footerOf } from './footer.ts'
import { phaseOf, stampOf, startState, type WriteEvent, type WriteState, writeReducer } from './write-state.ts'

const { problem } = ProblemError.of('upstream-unavailable')
const stamp = stampOf('v1', { name: 'branch-08' })
const at = '2026-11-22T14:02:11Z'

const validating: WriteEvent = { type: 'validating' }
const valid: WriteEvent = { type: 'judged', verdict: { stamp, kind: 'valid', at } }
const invalid: WriteEvent = { type: 'judged', verdict: { stamp, kind: 'invalid', count: 2, problem: null } }
const unavailable: WriteEvent = { type: 'judged', verdict: { stamp, kind: 'unavailable', problem } }
const conflict: WriteEvent = { type: 'stopped', stop: { kind: 'conflict', current: branch, version: 'v2' } }
const lost: WriteEvent = { type: 'stopped', stop: { kind: 'unknown', problem, key: 'key', since: 0 } }
const unchanged: WriteEvent = { type: 'stopped', stop: { kind: 'unchanged', problem } }

const after = (...events: WriteEvent[]): WriteState => events.reduce(writeReducer, startState)

test.each<[name: string, events: WriteEvent[], changes: number, phase: string, text: RegExp, canGoOn: boolean]>([
  ['nothing typed', [], 0, 'pristine', /^No changes$/, false],
  ['typed', [], 3, 'dirty', /^3 changes, not validated$/, true],
  ['asking', [validating], 3, 'validating', /^Asking Cloudflare… nothing is saved$/, true],
  ['accepted', [validating, valid], 3, 'valid', /^Cloudflare accepts this\. Nothing has been saved\. .*02:11/, true],
  ['refused', [validating, invalid], 3, 'invalid', /^2 problems$/, false],
  ['could not be asked', [validating, unavailable], 3, 'unavailable', /^Validation is unavailable/, true],
  ['changed by others', [conflict], 3, 'conflict', /^Someone else/, true],
  ['deleted by others', [{ type: 'stopped', stop: { kind: 'gone' } }], 3, 'gone', /deleted/, false],
  ['saving', [valid, { type: 'applying' }], 3, 'applying', /^Saving…$/, true],
  ['saved', [valid, { type: 'applying' }, { type: 'saved' }], 3, 'saved', /^Saved$/, false],
  ['answer lost', [valid, { type: 'applying' }, lost], 3, 'unknown', /^We do not know yet/, false],
  ['it was not saved', [valid, { type: 'applying' }, lost, unchanged], 3, 'valid', /accepts/, true],
  ['it was saved after all', [valid, { type: 'applying' }, lost, { type: 'saved' }], 3, 'saved', /^Saved$/, false],
  ['nothing was sent', [valid, { type: 'applying' }, unchanged], 3, 'valid', /accepts/, true],
  ['merged', [valid, conflict, { type: 'rebased' }], 2, 'dirty', /^2 changes, not validated$/, true],
  ['session ended while asking', [validating, { type: 'interrupted' }], 3, 'dirty', /not validated/, true],
])('%s', (_name, events, changes, phase, text, canGoOn) => {
  const state = after(...events)
  expect(phaseOf(state, stamp, changes)).toBe(phase)
  const look = footerOf(phaseOf(state, stamp, changes), state, changes)
  expect(look.text).toMatch(text)
  expect(look.reason === undefined).toBe(canGoOn)
})

test.each([
  ['another payload', stampOf('v1', { name: 'branch-09' })],
  ['another version', stampOf('v2', { name: 'branch-08' })],
])('a verdict says nothing of %s', (_name, other) => {
  expect(phaseOf(after(valid), other, 1)).toBe('stale')
  expect(phaseOf(after(invalid), other, 1)).toBe('dirty')
  expect(phaseOf(after(unavailable), other, 1)).toBe('dirty')
})

test('typing the same again makes an old verdict count again', () => {
  expect(phaseOf(after(valid), stampOf('v1', { name: 'branch-08' }), 1)).toBe('valid')
})

test('only what may be applied goes on to the review; a refusal goes back to the form', () => {
  expect(writeReducer(after(validating), { ...valid, goesOn: true }).view).toBe('review')
  expect(writeReducer(after(validating), { ...unavailable, goesOn: true }).view).toBe('review')
  expect(writeReducer(after(valid, { type: 'reviewing' }), invalid).view).toBe('form')
})

test.each<WriteEvent>([
  { type: 'resumed' },
  { type: 'back' },
  { type: 'validating' },
  { type: 'applying' },
  { type: 'interrupted' },
])('what nobody knows stays so, whatever the person does: %j', (event) => {
  expect(phaseOf(after(valid, lost, event), stamp, 3)).toBe('unknown')
})

test('a conflict that is set aside stays one', () => {
  const aside = after(conflict, { type: 'merging', isAside: true })
  expect(phaseOf(aside, stamp, 3)).toBe('conflict')
  expect(footerOf('conflict', aside, 3).primary).toBe('Merge')
})
