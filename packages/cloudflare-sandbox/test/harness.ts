import { createSandbox, type SandboxOptions } from '@tunnel-console/cloudflare-sandbox'

export const accountId = '0123456789abcdef0123456789abcdef'
export const start = new Date('2026-11-22T12:00:00.000Z')

export interface Answer {
  status: number
  headers: Headers
  body: Envelope
}

export interface Envelope {
  success: boolean
  result: Record<string, unknown>
  errors: { code: number; message: string; source?: { pointer: string }; error_chain?: { code: number }[] }[]
  messages: unknown[]
}

export interface CallOptions {
  token?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A sandbox with a clock that only moves when told, and a caller that speaks JSON. */
export function createHarness(options: Partial<SandboxOptions> = {}) {
  let time = start.getTime()
  const sandbox = createSandbox({
    accountId,
    token: 'write-token',
    readTokens: ['read-token'],
    now: () => new Date(time),
    ...options,
  })
  const base = 'https://api.cloudflare.com/client/v4'
  const send = (method: string, path: string, body?: unknown, { token = 'write-token', ...more }: CallOptions = {}) =>
    sandbox.fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more.headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(more.signal ? { signal: more.signal } : {}),
    })
  const call = async (method: string, path: string, body?: unknown, more?: CallOptions): Promise<Answer> => {
    const response = await send(method, path, body, more)
    const envelope = (await response.json()) as Envelope
    return { status: response.status, headers: response.headers, body: envelope }
  }
  return {
    sandbox,
    send,
    call,
    tunnels: (method: string, path = '', body?: unknown, more?: CallOptions) =>
      call(method, `/accounts/${accountId}/magic/ipsec_tunnels${path}`, body, more),
    tick: (ms: number) => {
      time += ms
    },
    idOf: (name: string) => {
      const tunnel = sandbox.state().tunnels.find((candidate) => candidate.name === name)
      if (!tunnel) throw new Error(`no tunnel ${name}`)
      return tunnel.id
    },
    stored: (id: string) => {
      const tunnel = sandbox.state().tunnels.find((candidate) => candidate.id === id)
      if (!tunnel) throw new Error(`no tunnel ${id}`)
      return tunnel
    },
  }
}

export type Harness = ReturnType<typeof createHarness>

/** A body that `POST` accepts. */
export const newTunnel = {
  name: 'antwerp-a',
  cloudflare_endpoint: '162.159.135.10',
  interface_address: '10.253.0.0/31',
}

/** Field of a nested answer, for assertions only. */
export function dig(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
