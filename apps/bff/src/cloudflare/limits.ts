import { CodedError } from './causes.ts'
import type { Call } from './envelope.ts'

export type LimitName = 'headers' | 'idle' | 'total' | 'size'
export type Limits = Record<LimitName, number>

/** One of our own limits ended a request. */
export class LimitExceeded extends CodedError {
  override readonly name = 'LimitExceeded'
  readonly limit: LimitName
  readonly code: string

  constructor(limit: LimitName) {
    super(`The limit "${limit}" was exceeded`)
    this.limit = limit
    this.code = `limit:${limit}`
  }
}

/** Milliseconds until the headers, between two pieces of the body and in all; bytes of the body. Ten thousand tunnels are about 6 MB. */
export function limitsOf({ isWrite }: Pick<Call, 'isWrite'>): Limits {
  return isWrite
    ? { headers: 20_000, idle: 5000, total: 30_000, size: 1024 ** 2 }
    : { headers: 10_000, idle: 5000, total: 20_000, size: 32 * 1024 ** 2 }
}
