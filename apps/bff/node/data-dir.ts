import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Secret } from '../src/secret.ts'
import { ConfigError } from './config.ts'

/** Creates DATA_DIR for our eyes only, or says why not. */
export function openDataDir(directory: string): void {
  try {
    const isNew = !existsSync(directory)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (isNew) chmodSync(directory, 0o700)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new ConfigError(`DATA_DIR: ${directory} cannot be created (${code}); choose a folder that can be written`)
  }
}

/** The key that signs session cookies: made on the first start, kept so that a restart signs nobody out. */
export function readAuthSecret(directory: string): Secret {
  const file = path.join(directory, 'auth-secret')
  if (!existsSync(file)) {
    const secret = randomBytes(32).toString('base64url')
    orSay(`${file} cannot be written`, () => writePrivately(file, secret))
  }
  const secret = orSay(`${file} cannot be read`, () => readFileSync(file, 'utf8').trim())
  if (secret.length < 43)
    throw new ConfigError(`DATA_DIR: ${file} is damaged; delete it (everybody must sign in again)`)
  return new Secret(secret)
}

/** Does something with a file, or says in one line what cannot be done. */
function orSay<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new ConfigError(`DATA_DIR: ${what} (${code}); free space or mend its permissions and start again`)
  }
}

/** Writes a file in one step, readable by us alone: a crash leaves the old content or the new, never half of it. */
export function writePrivately(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, text, { mode: 0o600 })
  renameSync(temporary, file)
}
