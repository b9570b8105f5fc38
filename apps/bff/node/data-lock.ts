import { chmodSync, closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from './config.ts'
import { writePrivately } from './data-dir.ts'
import { storageCodeOf } from './sqlite-errors.ts'

/** Long enough for two that start at once to find out who is first, and for one that is just ending. */
const patienceMs = 500

/** Locks that this process holds. A connection that nobody refers to would be closed, and its lock be gone. */
const held = new Set<DatabaseSync>()

export interface DataLock {
  release(): void
}

/**
 * Makes this process the only one on a DATA_DIR, whatever its mode, for as long as it lives (L10). The lock is the
 * operating system's, on a file that SQLite keeps open for us: when a process ends, however it does, its lock is gone.
 * Throws a one-line `ConfigError` when another process has it. Taken before anything in the folder is opened.
 */
export function lockDataDir(directory: string): DataLock {
  const file = path.join(directory, 'lock')
  const holder = path.join(directory, 'lock-holder')
  const lock = openLock(file, directory)
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw refusalOf(error, file, directory, holderIn(holder))
  }
  held.add(lock)
  tellHolder(holder)
  return {
    release() {
      if (held.delete(lock)) lock.close()
    },
  }
}

function openLock(file: string, directory: string): DatabaseSync {
  try {
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    return new DatabaseSync(file, { timeout: patienceMs })
  } catch (error) {
    throw new ConfigError(`DATA_DIR: ${directory} cannot be written (${codeOf(error)}); mend that and start again`)
  }
}

function refusalOf(error: unknown, file: string, directory: string, holder: string): ConfigError {
  const code = storageCodeOf(error)
  if (code === 'SQLITE_BUSY') {
    return new ConfigError(
      `DATA_DIR: ${directory} is in use by another Tunnel Console${holder}; stop that one, or set DATA_DIR to another folder`,
    )
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new ConfigError(`DATA_DIR: ${file} is damaged; delete it and start again`)
  }
  return new ConfigError(
    `DATA_DIR: ${file} cannot be locked (${code ?? codeOf(error)}); choose a folder on a local disk`,
  )
}

/** A full disk keeps nobody from the lock: who holds it is only for the words. */
function tellHolder(file: string): void {
  try {
    writePrivately(file, `${process.pid}\n`)
  } catch {
    rmSync(file, { force: true })
  }
}

/** Whose lock it is, for the words only: the process may have another number where it runs. */
function holderIn(file: string): string {
  try {
    const [, pid] = /^(\d{1,10})\n$/.exec(readFileSync(file, 'utf8')) ?? []
    return pid === undefined ? '' : ` (process ${pid})`
  } catch {
    return ''
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
