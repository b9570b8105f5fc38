const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The id of a job, of a change, of an approval or of a hand-off, as routes take it: a lower-case UUID and nothing else (S01). */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value)
}
