const hourMs = 3600_000

/** How far back to look from now. */
export const spans = { '1h': hourMs, '24h': 24 * hourMs, '7d': 7 * 24 * hourMs } as const
export type Span = keyof typeof spans

/** What to look at. It lives in the URL; without anything it is the last day. */
export interface ChangesSearch {
  last?: Span
  /** A UTC minute, as `2026-11-24T08:00`. Counts before `last`; without `to`, until now. */
  from?: string
  to?: string
  /** The states of tunnels are left out. */
  status?: 'off'
}

const minute = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

/** Whether it is a UTC minute as the address spells it; no 31 February. */
export const isMinute = (value: unknown): value is string =>
  typeof value === 'string' && minute.test(value) && new Date(`${value}Z`).toJSON()?.startsWith(value) === true

/** Reads a URL leniently: what is no time is left out. */
export function changesSearchOf({ last, from, to, status }: Record<string, unknown>): ChangesSearch {
  const lanes: Pick<ChangesSearch, 'status'> = status === 'off' ? { status } : {}
  if (isMinute(from)) return { from, ...(isMinute(to) && { to }), ...lanes }
  const span = (Object.keys(spans) as Span[]).find((known) => known === last)
  return { ...(span && { last: span }), ...lanes }
}
