import type { Role } from '@tunnel-console/shared/access'

/** The signed-in person, as every verb and audit line knows them. */
export interface Actor {
  id: string
  email: string
  name: string
  role: Role
}

/** What differs from request to request. All else is closed over from `Deps`. */
export interface AppEnv {
  Variables: {
    requestId: string
    actor: Actor
    sessionExpiresAt: string
    /** The address of the peer of the socket, when the runtime knows it. */
    clientAddress: string | undefined
  }
}
