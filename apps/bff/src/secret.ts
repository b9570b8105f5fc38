const hidden = '[secret]'

/**
 * A value that must not be printed. Every accidental way out (`String`, JSON, `console.log`, a template, a clone) shows
 * `[secret]` or nothing; only `reveal()` gives it away, and only `cloudflare/transport.ts`, `cloudflare/scrub.ts`,
 * `session/better-auth.ts` and `changes/seal.ts` call it (S15).
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [Symbol.toPrimitive](): string {
    return hidden
  }

  /** What Node's `util.inspect` calls. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden
  }
}
