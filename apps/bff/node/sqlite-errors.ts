import { type StorageCode, StorageUnavailable } from '../src/storage/unavailable.ts'

/** SQLite's primary result codes that say that the database cannot be used, whatever the statement (sqlite.org/rescode.html). */
const unavailable: Partial<Record<number, StorageCode>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  26: 'SQLITE_NOTADB',
}

export function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
}

/** The name of an error of SQLite's that says so, else `undefined`. Extended codes carry the primary one in their low byte. */
export function storageCodeOf(error: unknown): StorageCode | undefined {
  return isSqliteError(error) ? unavailable[error.errcode & 0xff] : undefined
}

/** What a driver throws for an error of SQLite's: the class that the app knows, or the error as it is. */
export function asStorageError(error: unknown): unknown {
  const code = storageCodeOf(error)
  return code === undefined ? error : new StorageUnavailable(code, { cause: error })
}
