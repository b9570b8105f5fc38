import type { Op } from '../history.ts'
import type { Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/** A key is shown once, is the one that was made, and a lost one is never said to have been shown. */
export function wrongKeys({ history, writesOf }: Evidence): Violation[] {
  return history.ops
    .filter(({ kind }) => kind === 'psk')
    .flatMap((op): Violation[] => {
      const writes = writesOf.get(op) ?? []
      const says = complaint(op, writes)
      if (says === null) return []
      return [{ rule: 'wrong-key', at: op.attempts[0]?.sentAt ?? 0, says: `${op.id} ${says}`, op, write: writes[0] }]
    })
}

function complaint(op: Op, writes: readonly { keyHash: string | null; isKeyHandedOver: boolean }[]): string | null {
  const shown = op.attempts.flatMap(({ told }) => told.keyHash ?? [])
  if (shown.length > 1) return `was shown its key ${shown.length} times`
  const [hash] = shown
  if (hash !== undefined && !writes.some(({ keyHash }) => keyHash === hash))
    return 'was shown another key than was made'
  const isCalledDone = op.attempts.some(({ claim }) => claim === 'applied')
  const isLost = writes.length > 0 && !writes.some(({ isKeyHandedOver }) => isKeyHandedOver)
  return isCalledDone && isLost ? 'was told applied, and the key was lost on its way to the console' : null
}
