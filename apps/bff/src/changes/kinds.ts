import type { Change } from './change.ts'
import { createTunnel } from './create.ts'
import { deleteTunnel } from './delete.ts'
import { generateKey } from './generate-key.ts'
import type { Kind, Kinds } from './kind.ts'
import { setKey } from './set-key.ts'
import { updateTunnel } from './update.ts'

const kinds: Kinds = {
  create: createTunnel,
  update: updateTunnel,
  delete: deleteTunnel,
  'generate-key': generateKey,
  'set-key': setKey,
}

/** How changes of this kind are read, sent and looked for. A new kind of change is a new entry here. */
export function kindOf(change: Change): Kind {
  // The kind found by a change's own name takes that very change.
  return kinds[change.kind] as Kind
}
