import { expect, test } from 'vitest'
import { deedWords } from './deeds.ts'

const entry = { action: 'tunnel.update', outcome: 'applied', validateOnly: false } as const

test.each([
  [{}, 'changed'],
  [{ action: 'session.signIn' }, 'signed in'],
  [{ action: 'session.signIn', outcome: 'rejected' }, 'tried to sign in'],
  [{ action: 'tunnel.delete', outcome: 'denied' }, 'was refused to delete'],
  [{ action: 'tunnel.delete', outcome: 'denied', validateOnly: true }, 'was refused to delete'],
  [{ action: 'tunnel.delete', outcome: 'valid', validateOnly: true }, 'asked whether to delete'],
  [{ action: 'tunnel.delete', outcome: 'rejected', validateOnly: true }, 'asked whether to delete'],
  [{ action: 'tunnel.create', outcome: 'unknown' }, 'may have created'],
  [{ action: 'psk.generate' }, 'generated a pre-shared key'],
  [{ action: 'psk.set', outcome: 'unknown' }, 'may have set a pre-shared key'],
  [{ action: 'handoff.create' }, 'left a key for the far end'],
  [{ action: 'handoff.open' }, 'opened the key that was left'],
  [{ action: 'handoff.revoke', outcome: 'denied' }, 'was refused to revoke the hand-off of a key'],
  [{ action: 'user.changeRole', outcome: 'denied' }, 'was refused to change the role'],
  [{ action: 'tunnel.invented' }, null],
] as const)('%j reads: %s', (part, words) => {
  expect(deedWords({ ...entry, ...part })).toBe(words)
})
