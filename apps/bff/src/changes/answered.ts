import type { Problem } from '@tunnel-console/shared/problem'

/** What the owner answers: the thing itself, or a problem as a value, since classes do not survive a border. */
export type Answered<T> = { ok: T } | { problem: Problem }
