const user = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|sandbox-(?:support|operator|admin))$/
const session = /^[A-Za-z0-9]{32}$/

/** A person's id as routes and filters take it: a lower-case UUID, or one of the three people of the sandbox (S01). */
export function isUserId(value: unknown): value is string {
  return typeof value === 'string' && user.test(value)
}

/** The public id of a session: 32 letters and digits. It opens nothing; the session's token is another text (S29). */
export function isSessionId(value: unknown): value is string {
  return typeof value === 'string' && session.test(value)
}
