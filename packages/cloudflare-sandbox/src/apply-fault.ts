import { edgePage } from './edge-page.ts'
import type { Envelope, Fault } from './faults.ts'
import { brokenBody, connectionError, delay, forever, slowBody } from './transport.ts'

/** What a fault can do besides spoiling an answer. */
export interface FaultHands {
  staleReads(ms: number): void
  externalWrite(id: string, patch: Record<string, unknown> | null): void
}

type Handle = () => Promise<Response>

/** Handles a request under a fault. `handle` runs the sandbox and may be called once at most. */
export async function applyFault(fault: Fault, handle: Handle, signal: AbortSignal, hands: FaultHands) {
  switch (fault.kind) {
    case 'latency':
      await delay(fault.ms, signal)
      return handle()
    case 'hang':
      return forever(signal)
    case 'reset':
      throw connectionError('ECONNRESET')
    case 'notSent':
      throw connectionError('ECONNREFUSED')
    case 'dropBeforeCommit':
      return drop(fault.hang, signal)
    case 'commitThenDrop':
      await handle()
      return drop(fault.hang, signal)
    case 'staleReads':
      hands.staleReads(fault.ms)
      return handle()
    case 'externalWrite':
      hands.externalWrite(fault.id, fault.patch)
      return handle()
    case 'quota':
      return handle()
    default:
      return spoiled(fault, handle, signal)
  }
}

type Spoiling = Extract<
  Fault,
  { kind: 'halfBody' | 'slowBody' | 'status' | 'html' | 'badJson' | 'successFalse' | 'mutate' | 'redirect' }
>

async function spoiled(fault: Spoiling, handle: Handle, signal: AbortSignal): Promise<Response> {
  switch (fault.kind) {
    case 'status':
      if (fault.commit) await handle()
      return replacement(fault.status, fault.body, fault.headers)
    case 'html':
      if (fault.commit) await handle()
      return edgePage(fault.status ?? 522)
    case 'successFalse':
      return replacement(200, { result: null, success: false, errors: fault.errors ?? [refused], messages: [] })
    case 'redirect':
      return new Response(null, { status: fault.status, headers: { location: fault.location } })
    default:
      return damaged(fault, await handle(), signal)
  }
}

const refused = { code: 1000, message: 'The sandbox was told to refuse this request' }

async function damaged(
  fault: Extract<Fault, { kind: 'halfBody' | 'slowBody' | 'badJson' | 'mutate' }>,
  response: Response,
  signal: AbortSignal,
): Promise<Response> {
  const text = await response.text()
  const bytes = new TextEncoder().encode(text)
  const headers = new Headers(response.headers)
  headers.set('content-length', String(bytes.length))
  switch (fault.kind) {
    case 'halfBody':
      return new Response(brokenBody(bytes, fault.at ?? 0.5, signal), { status: response.status, headers })
    case 'slowBody':
      return new Response(slowBody(bytes, fault.bytesPerSecond, signal), { status: response.status, headers })
    case 'badJson':
      headers.delete('content-length')
      return new Response(fault.text ?? text.slice(0, text.length / 2), { status: response.status, headers })
    case 'mutate': {
      headers.delete('content-length')
      const envelope: Envelope = JSON.parse(text)
      return new Response(JSON.stringify(fault.change(envelope)), { status: response.status, headers })
    }
  }
}

function drop(hang: boolean | undefined, signal: AbortSignal): Promise<never> {
  return hang ? forever(signal) : Promise.reject(connectionError('ECONNRESET'))
}

function replacement(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const hasBody = status !== 204 && status !== 205 && status !== 304
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  return new Response(hasBody ? text : null, { status, headers: { 'content-type': 'application/json', ...headers } })
}
