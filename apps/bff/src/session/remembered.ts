import type { Deps } from '../deps.ts'
import type { Session } from '../http/env.ts'
import { idleMs } from './lifetime.ts'

const mostRemembered = 1000

interface Remembered {
  tokenHash: string
  session: Session
}

/**
 * Sessions as they were last read, by the `Cookie` header that brought them, for as long as nothing at all was written to
 * the database: a sign-out, another role, a new password, an end of somebody's sessions, by this process or by another,
 * makes all of them be read anew, so none of it acts a moment later (S33). Both of a session's times are looked at each
 * time. Only a cookie whose signature was right gets in here, and nothing of it leaves.
 */
export function createRememberedSessions({ storageVersion, now }: Pick<Deps, 'storageVersion' | 'now'>) {
  const known = new Map<string, Remembered>()
  let version: number | null = null

  /** The version that what is known belongs to; `null` where there is none or the database does not tell. */
  function current(): number | null {
    try {
      const is = storageVersion?.() ?? null
      if (is !== version) known.clear()
      version = is
    } catch {
      known.clear()
      version = null
    }
    return version
  }

  return {
    current,

    of(cookie: string): Remembered | null {
      if (current() === null) return null
      const found = known.get(cookie)
      return found && isAlive(found.session, now().getTime()) ? found : null
    },

    /** `at`: the version before it was read. A write that came meanwhile makes it not worth keeping. */
    remember(cookie: string, found: Remembered, at: number | null): void {
      if (at === null || at !== current()) return
      if (known.size >= mostRemembered) known.clear()
      known.set(cookie, found)
    },
  }
}

const isAlive = ({ expiresAt, lastActAt }: Session, now: number) =>
  expiresAt.getTime() > now && lastActAt.getTime() > now - idleMs
