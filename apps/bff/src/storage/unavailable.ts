/** Why a database cannot be used right now, by SQLite's own names. */
export type StorageCode =
  | 'SQLITE_BUSY'
  | 'SQLITE_LOCKED'
  | 'SQLITE_NOMEM'
  | 'SQLITE_READONLY'
  | 'SQLITE_IOERR'
  | 'SQLITE_CORRUPT'
  | 'SQLITE_FULL'
  | 'SQLITE_CANTOPEN'
  | 'SQLITE_PROTOCOL'
  | 'SQLITE_NOTADB'

/** The database is locked, full or broken: nobody's mistake here, and another time it may work. Thrown by the drivers. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
  readonly code: StorageCode

  constructor(code: StorageCode, options?: ErrorOptions) {
    super(`The database cannot be used (${code})`, options)
    this.code = code
  }
}

/**
 * Whether an error, or what caused it, is a database that cannot be used. Drizzle wraps what its drivers throw.
 *
 * D1 gives plain errors. Those that the Workers runtime marks `retryable` or `overloaded` count; the others can only be
 * told by their words, so they stay what they are.
 */
export function isStorageUnavailable(error: unknown): boolean {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link instanceof StorageUnavailable) return true
    const { retryable, overloaded } = link as { retryable?: unknown; overloaded?: unknown }
    if (retryable === true || overloaded === true) return true
  }
  return false
}
