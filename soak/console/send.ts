import http from 'node:http'

export interface Reply {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
  /** The JSON of the body, or `null`. */
  json: Record<string, unknown> | null
}

export interface Sending {
  method?: string
  headers?: Record<string, string>
  body?: unknown
  /** Gives up after so long, as a browser's tab that is closed does. */
  timeoutMs?: number
  signal?: AbortSignal
}

/** Sends one request on a connection of its own. `null` when no whole answer came. */
export function send(url: string, sending: Sending = {}): Promise<Reply | null> {
  const { method = 'GET', headers = {}, body, timeoutMs = 60_000, signal } = sending
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve) => {
    const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
    const request = http.request(url, {
      method,
      agent: false,
      signal: AbortSignal.any(signals),
      headers: { ...headers, ...(text !== undefined && { 'content-type': 'application/json' }) },
    })
    request.on('error', () => resolve(null))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => resolve(null))
      response.on('close', () => resolve(response.complete ? replyOf(response, Buffer.concat(chunks)) : null))
    })
    request.end(text)
  })
}

function replyOf({ statusCode = 0, headers }: http.IncomingMessage, body: Buffer): Reply {
  const text = body.toString('utf8')
  return { status: statusCode, headers, text, json: jsonOf(text) }
}

function jsonOf(text: string): Reply['json'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
