const pattern = /^[0-9a-f]{32}$/

/** A tunnel id as every route, body and URL template takes it: a string of 32 lower-case hex digits and nothing else (S01). */
export function isTunnelId(value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value)
}
