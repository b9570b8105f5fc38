/** How long a session lasts, whatever is done under it (S32). */
export const sessionMs = 12 * 60 * 60 * 1000

/** How long it lasts without a human act. Polling is none. */
export const idleMs = 30 * 60 * 1000

/** An act is written down at most so often; the idle time runs from the one that was, so it may be that much shorter. */
export const actEveryMs = 60 * 1000
