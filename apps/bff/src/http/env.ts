import type { Role } from '@tunnel-console/shared/access'

/** The signed-in person, as every verb and audit line knows them. */
export interface Actor {
  id: string
  email: string
  name: string
  role: Role
}

/** A sign-in that has not run out. */
export interface Session {
  /** Names the session; it opens nothing. */
  id: string
  actor: Actor
  /** When a person last did something under it, to the minute. */
  lastActAt: Date
  expiresAt: Date
}

/** What differs from request to request. All else is closed over from `Deps`. */
export interface AppEnv {
  Variables: {
    requestId: string
    /** With whose eyes the request is answered: the person, or an administrator with a lesser role than their own. */
    actor: Actor
    /** Who really asks. The audit log knows no other. */
    person: Actor
    /** Set where the two differ. */
    viewingAs: Role | null
    session: Session
    /** The screen on a wall that asks, in the place of a person. */
    screen?: { id: string; name: string }
    /** Where the request came from, when the runtime knows it. */
    clientAddress: string | undefined
  }
}
