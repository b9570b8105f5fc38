import { chainOf } from '../cloudflare/causes.ts'
import { type Deps, TargetRefused } from '../deps.ts'
import { signedHeaders } from './sign.ts'

export interface Attempt {
  /** `null` when there was no answer. */
  status: number | null
  /** In words; `null` when it was delivered. */
  problem: string | null
}

interface Message {
  id: string
  url: string
  secret: string
  body: string
}

/** Sends a message once. Any status from 200 to 299 is a yes. Never throws, and tells nothing of what the answer said. */
export async function attempt(
  { id, url, secret, body }: Message,
  { outside, now }: Pick<Deps, 'outside' | 'now'>,
): Promise<Attempt> {
  try {
    if (!outside) return { status: null, problem: 'This runtime of the console sends no messages' }
    const seconds = Math.floor(now().getTime() / 1000)
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'tunnel-console',
      ...(await signedHeaders(secret, id, seconds, body)),
    }
    const { status } = await outside.post(url, headers, body)
    return { status, problem: status >= 200 && status < 300 ? null : problemOf(status) }
  } catch (error) {
    return { status: null, problem: wordsOf(error) }
  }
}

function problemOf(status: number): string {
  if (status >= 300 && status < 400)
    return `It answered ${status}: redirects are not followed. Enter the address it leads to`
  return `It answered ${status}`
}

const words: Record<string, string> = {
  ENOTFOUND: 'Its host name is not known',
  EAI_AGAIN: 'Its host name could not be looked up',
  ECONNREFUSED: 'Nothing takes connections there',
  ECONNRESET: 'It ended the connection',
  UND_ERR_SOCKET: 'It ended the connection',
}

function wordsOf(error: unknown): string {
  const chain: { code?: unknown; name?: unknown }[] = chainOf(error)
  const refused = chain.find((link) => link instanceof TargetRefused)
  if (refused instanceof TargetRefused) return refused.message
  const codes = chain.flatMap(({ code, name }) => [String(code), String(name)])
  if (codes.some((code) => /TIMEOUT|TimeoutError|AbortError/.test(code))) return 'It did not answer within ten seconds'
  if (codes.some((code) => /CERT|TLS|SSL/.test(code))) return 'Its certificate is not valid'
  return codes.map((code) => words[code]).find((known) => known !== undefined) ?? 'It could not be reached'
}
