import type { DrawFirstList } from '@tunnel-console/shared/first-list'
import type { Secret } from './secret.ts'
import type { Database } from './storage/database.ts'

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export interface LogEntry {
  level: 'info' | 'warn' | 'error'
  event: string
  [field: string]: unknown
}

/** Where Cloudflare is and how we identify ourselves there. */
export interface Upstream {
  /** `https://api.cloudflare.com/client/v4`, or a loopback stand-in. No trailing slash. */
  baseUrl: string
  accountId: string
  writeToken: Secret
  /** Used for every GET and for analytics; the write token where there is no other. */
  readToken: Secret
  fetch: Fetch
}

/** What exists in sandbox mode only. */
export interface SandboxControl {
  reset(): void
}

/** A built file of the SPA by its path, such as `/index.html`; `null` when there is none. */
export type Assets = (path: string, acceptEncoding: string) => Promise<Response | null>

/** An address that a request of ours must not go to. Its message is for people. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused'

  constructor() {
    super('This leads to a machine inside a network, not to one on the internet')
  }
}

/** Requests to addresses that somebody typed. Never to one inside the house, whatever its name says. */
export interface Outside {
  /** Why nothing may be sent there, going by the address's own text; `null` where something may. */
  refusalOf(url: string): string | null
  /**
   * Sends one POST and gives the status of the answer, of which nothing else is kept. Follows no redirect; ends after ten
   * seconds. Throws `TargetRefused`, or what the network says.
   */
  post(url: string, headers: Record<string, string>, body: string): Promise<{ status: number }>
}

/** What the process itself is like, for `/metrics`. */
export interface ProcessFacts {
  cpuSeconds: number
  residentBytes: number
  /** Since the Unix epoch. */
  startedAtSeconds: number
  /** The 99th percentile of how late timers were since it was asked last. */
  loopDelaySeconds: number
}

/** How passwords are hashed, and held against a hash. */
export interface Passwords {
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** Everything the app needs from outside itself. Nothing in `src/` reaches for a clock, a network or a disk by another way. */
export interface Deps {
  mode: 'live' | 'sandbox'
  db: Database
  /**
   * Another number whenever anything in the database may have changed, whoever wrote it: what was read under the same
   * number is still true. Absent where nobody can tell, as on D1: then nothing is remembered. May throw as a read does.
   */
  storageVersion?: () => number
  upstream: Upstream
  /** Present in sandbox mode, absent in live mode: then its routes do not exist. */
  sandbox?: SandboxControl
  /** The origin that people type, such as `https://tunnels.example.com`. Decides cookies, CSRF and redirects. */
  publicUrl: string
  /** The built SPA. Absent in development, where Vite serves it. */
  assets?: Assets
  /** Draws the list into its page, once it is loaded. Absent where nothing can, and in development: then the page comes without. */
  drawFirstList?: () => DrawFirstList | null
  /** Signs session cookies. At least 32 random bytes, as text. */
  authSecret: Secret
  /** Absent: by scrypt, which takes its time on purpose. */
  passwords?: Passwords
  /** Seconds between two reads of the tunnel list while somebody watches. */
  pollSeconds: number
  /** Wall time: for people, and for nothing that must last a certain time. */
  now: () => Date
  /** Milliseconds since some moment, by a clock that nobody can set: for intervals, leases and time-outs. */
  monotonic: () => number
  /** Waits. Tests make it short. */
  pause: (ms: number) => Promise<void>
  log: (entry: LogEntry) => void
  /** Where a request came from, when the runtime knows it. Never taken from a header unless it or a trusted proxy sets that. */
  clientAddress: (request: Request) => string | undefined
  /** The address at the other end of the socket, by no header, when the runtime knows it. */
  peerAddress?: (request: Request) => string | undefined
  /** SHA-256, in hex, of the token that opens `/metrics`. Absent: only this machine itself may read it. */
  metricsTokenHash?: string
  /** Absent where a runtime cannot say which address a name leads to: then no message is sent. */
  outside?: Outside
  processFacts?: () => ProcessFacts
  /** Compresses a text for `Content-Encoding: br`, off our thread. Absent where a runtime has none: gzip does as well. */
  brotli?: (text: string) => Promise<ArrayBuffer>
  /** Runs work after the answer has gone out; on Workers this is `waitUntil`. */
  background: (work: Promise<unknown>) => void
}
