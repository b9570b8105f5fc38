import { createApprovals } from './approvals/approvals.ts'
import { createOwner } from './changes/owner.ts'
import type { Deps } from './deps.ts'
import { createAuth } from './session/auth.ts'
import { createWalls } from './walls/walls.ts'

export type Services = ReturnType<typeof createServices>

/** Everything the routes work with, made once from what the runtime gives: the account's owner, and people's sessions. */
export function createServices(deps: Deps) {
  const owner = createOwner(deps)
  return {
    deps,
    owner,
    auth: createAuth(deps),
    approvals: createApprovals(deps, owner),
    walls: createWalls({ audit: owner.audit, deps }),
    gate: createGate(),
  }
}

/**
 * Holds requests while a process starts: until somebody can sign in and what a former process left has been settled, an
 * answer could only be wrong (a right password refused, a write over one that is still open).
 */
function createGate() {
  let isOpen = true
  return {
    hold: () => {
      isOpen = false
    },
    open: () => {
      isOpen = true
    },
    isOpen: () => isOpen,
  }
}
