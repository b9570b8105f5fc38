/** The database cannot be used right now: full, locked, or failing. Told apart by this class, never by words. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
}
