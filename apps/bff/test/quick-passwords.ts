import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type { Passwords } from '../src/deps.ts'

const derive = (password: string, salt: string) => scryptSync(password.normalize('NFKC'), salt, 32, { N: 16 })

/** Scrypt that takes no time: for tests that hash hundreds of passwords and are about something else. */
export const quickPasswords: Passwords = {
  async hash(password) {
    const salt = randomBytes(8).toString('hex')
    return `${salt}:${derive(password, salt).toString('hex')}`
  },
  async verify({ hash, password }) {
    const [salt = '', key = ''] = hash.split(':')
    return timingSafeEqual(Buffer.from(key, 'hex'), derive(password, salt))
  },
}
