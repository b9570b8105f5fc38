/**
 * The one cookie of the console (S28). `__Host-` binds it to this origin, but browsers demand https for it, so on
 * `http://localhost` the same cookie goes without. No `Max-Age`: the server decides when a session ends.
 */
export function sessionCookie(publicUrl: string) {
  const isSecure = new URL(publicUrl).protocol === 'https:'
  const name = isSecure ? '__Host-tunnel-console' : 'tunnel-console'
  const attributes = isSecure ? 'Path=/; Secure; HttpOnly; SameSite=Strict' : 'Path=/; HttpOnly; SameSite=Strict'
  return {
    name,
    isSecure,
    /** The `Set-Cookie` line for a signed value that is already percent-encoded. */
    set: (value: string) => `${name}=${value}; ${attributes}`,
    expired: `${name}=; ${attributes}; Max-Age=0`,
    /** The value among better-auth's `Set-Cookie` lines. Whatever else it wants to set stays here. */
    valueIn(headers: Headers): string | undefined {
      const line = headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`))
      return line?.slice(name.length + 1).split(';')[0]
    },
    isIn: (request: Request) => request.headers.get('cookie')?.includes(`${name}=`) ?? false,
  }
}
