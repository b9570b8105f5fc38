import { ourCodes } from './errors.ts'

/** Cloudflare's limit for one token: 1,200 calls in five minutes; who exceeds it is locked out for five minutes. */
const windowSeconds = 300

export interface Allowance {
  refused: boolean
  headers: Record<string, string>
}

export interface Quota {
  /** Counts one request of a token. */
  take(token: string, now: Date): Allowance
  /** Leaves every token this many requests until its window ends. */
  leave(remaining: number, now: Date): void
}

interface Window {
  used: number
  endsAt: number
  locked: boolean
}

export function createQuota(limit = 1200): Quota {
  let windows = new Map<string, Window>()
  let startingAt: { used: number; endsAt: number } | null = null

  const open = (token: string, at: number): Window => {
    const known = windows.get(token)
    if (known && at < known.endsAt) return known
    const preset = startingAt && at < startingAt.endsAt ? startingAt : null
    const fresh = preset ? { ...preset, locked: false } : { used: 0, endsAt: at + windowSeconds * 1000, locked: false }
    windows.set(token, fresh)
    return fresh
  }

  return {
    take(token, now) {
      const at = now.getTime()
      const current = open(token, at)
      current.used++
      const refused = current.used > limit
      if (refused && !current.locked) Object.assign(current, { locked: true, endsAt: at + windowSeconds * 1000 })
      const seconds = Math.ceil((current.endsAt - at) / 1000)
      const headers = {
        ratelimit: `"default";r=${Math.max(0, limit - current.used)};t=${seconds}`,
        'ratelimit-policy': `"default";q=${limit};w=${windowSeconds}`,
      }
      return { refused, headers: refused ? { ...headers, 'retry-after': String(seconds) } : headers }
    },
    leave(remaining, now) {
      windows = new Map()
      startingAt = { used: limit - remaining, endsAt: now.getTime() + windowSeconds * 1000 }
    },
  }
}

export function tooManyRequests(): Response {
  const errors = [{ code: ourCodes.rateLimited, message: 'Please wait and consider throttling your request speed' }]
  return Response.json({ result: null, success: false, errors, messages: [] }, { status: 429 })
}
