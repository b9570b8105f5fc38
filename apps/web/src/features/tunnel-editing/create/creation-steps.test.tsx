import { blankDraft } from '@tunnel-console/shared/draft'
import { fieldList } from '@tunnel-console/shared/fields'
import { draftProblems } from '@tunnel-console/shared/form'
import { expect, test } from 'vitest'
import { creationSteps, fieldsOfStep, firstUnfinished } from './creation-steps.ts'

const withBgp = { ...blankDraft, bgp: { ...blankDraft.bgp, enabled: true } }
const ids = creationSteps.map(({ id }) => id)

test('every field is asked for in exactly one step', () => {
  const asked = ids.flatMap((id) => fieldsOfStep(id, withBgp))
  expect(asked).toEqual(fieldList.map(({ path }) => path).toSorted((a, b) => asked.indexOf(a) - asked.indexOf(b)))
})

test('somebody who comes back goes on where they were, or where something is wrong by now', () => {
  expect(firstUnfinished([], draftProblems(blankDraft))).toBe('basics')
  const done = ids.filter((id) => id !== 'review')
  expect(firstUnfinished(done, [])).toBe('review')
  expect(firstUnfinished(done, [{ path: 'interface_address', message: '' }])).toBe('inside')
  expect(firstUnfinished(['basics'], [])).toBe('endpoints')
})
