import type { Walls } from './walls.ts'

/** Browsers keep no cookie longer. Each look at the wall begins it anew, so a screen that is on stays signed in. */
const maxAgeSeconds = 400 * 86_400

/** The cookie of a wall's session: apart from people's, so that neither opens what the other does. */
export function wallCookie(publicUrl: string) {
  const isSecure = new URL(publicUrl).protocol === 'https:'
  const name = isSecure ? '__Host-tunnel-console-wall' : 'tunnel-console-wall'
  const attributes = `Path=/; ${isSecure ? 'Secure; ' : ''}HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`
  const pattern = new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{43})(?:;|$)`)
  return {
    /** The `Set-Cookie` line for a session's token. */
    set: (token: string) => `${name}=${token}; ${attributes}`,
    /** The token that a request brings. */
    tokenIn: (request: Request): string | null => pattern.exec(request.headers.get('cookie') ?? '')?.[1] ?? null,
  }
}

/** Finds the screen whose session a request brings. */
export function createScreenOf(walls: Pick<Walls, 'screenOf'>, publicUrl: string) {
  const cookie = wallCookie(publicUrl)
  return async (request: Request) => {
    const token = cookie.tokenIn(request)
    return token === null ? null : walls.screenOf(token)
  }
}
