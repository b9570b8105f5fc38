import { auditActions } from '@tunnel-console/shared/audit'
import { expect, test } from 'vitest'
import { deedWords } from './deeds.ts'

const entry = { action: 'tunnel.update', outcome: 'applied', validateOnly: false, changes: [] } as const
const change = (label: string) => ({ path: label, label, before: '', after: 'x' })

test.each([
  [{ action: 'session.signIn' }, 'signed in'],
  [{ action: 'session.signIn', outcome: 'rejected' }, 'tried to sign in'],
  [{ action: 'tunnel.delete', outcome: 'denied' }, 'was refused to delete'],
  [{ action: 'tunnel.delete', outcome: 'denied', validateOnly: true }, 'was refused to delete'],
  [{ action: 'tunnel.delete', outcome: 'valid', validateOnly: true }, 'asked whether to delete'],
  [{ action: 'tunnel.delete', outcome: 'rejected', validateOnly: true }, 'asked whether to delete'],
  [{ action: 'tunnel.create', outcome: 'unknown' }, 'may have created'],
  [{ action: 'psk.generate' }, 'generated a pre-shared key'],
  [{ changes: [change('Description'), change('Replay protection')] }, 'changed Description, Replay protection'],
  [{ changes: ['A', 'B', 'C', 'D', 'E', 'F'].map(change) }, 'changed A, B, C, D and 2 more'],
  [{ action: 'tunnel.invented' }, null],
] as const)('%j reads: %s', (part, words) => {
  expect(deedWords({ ...entry, ...part, changes: 'changes' in part ? [...part.changes] : [] })).toBe(words)
})

test.each(auditActions)('%s is told in words', (action) => {
  expect(deedWords({ ...entry, changes: [], action })).not.toBeNull()
})
