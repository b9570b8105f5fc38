import type { TunnelState } from './status.ts'

/** An address that is told when tunnels change their state. */
export interface Webhook {
  id: string
  url: string
  /** It is told of tunnels that come into one of these states. */
  states: TunnelState[]
  isEnabled: boolean
  /** Who made it: an email address. */
  by: string
  createdAt: string
  /** How many messages wait to be sent. */
  waiting: number
  /** The newest first. */
  deliveries: WebhookDelivery[]
}

/** One message, and what became of it. */
export interface WebhookDelivery {
  /** Its `webhook-id`: the same at every attempt. */
  id: string
  state: 'waiting' | 'delivered' | 'given-up'
  isTest: boolean
  /** How many changes of state it tells. */
  changes: number
  attempts: number
  /** The HTTP status of the last answer; `null` when there was none. */
  status: number | null
  /** Why the last attempt failed, in words. */
  problem: string | null
  createdAt: string
  /** When the last attempt was made; `null`: not yet. */
  triedAt: string | null
}

export interface WebhooksAnswer {
  webhooks: Webhook[]
  /** `false`: this runtime cannot send any. */
  canSend: boolean
}

export interface WebhookInput {
  url: string
  states: TunnelState[]
  /** Absent: the console makes one. */
  secret?: string | undefined
}

export interface WebhookPatch {
  url?: string | undefined
  states?: TunnelState[] | undefined
  isEnabled?: boolean | undefined
}

/** A change of the state of one tunnel. `at`: UTC, ISO 8601. */
export interface StateChange {
  tunnel: { id: string; name: string }
  from: TunnelState
  to: TunnelState
  reason: string
  at: string
}

/** The body of a message: `webhook.test` tells no change. */
export interface WebhookMessage {
  type: 'tunnel.state_changed' | 'webhook.test'
  /** When it was made. UTC, ISO 8601. */
  timestamp: string
  data: { changes: (StateChange & { url: string })[] }
}

export const mostWebhooks = 10
export const usualStates: readonly TunnelState[] = ['down', 'degraded', 'up']

/**
 * Why no message may go to this address, going by its text alone; `null` where one may. Where its name leads is asked when a
 * message is sent.
 */
export function webhookUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'Enter a whole address, such as https://alerts.example.com/tunnels'
  const { protocol, username, password, hash } = new URL(text)
  if (protocol !== 'https:') return 'Use https, so that nobody reads or changes messages on their way'
  if (username !== '' || password !== '') return 'Leave out the name and the password; the signature says who sends'
  return hash === '' ? null : 'Leave out what stands behind #; it is never sent'
}

/** Why this is no secret of the Standard Webhooks kind: `whsec_` and base64 of 24 to 64 bytes. */
export function webhookSecretProblem(text: string): string | null {
  const [, base64] = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? []
  if (base64 === undefined) return 'Enter whsec_ and base64, or leave it empty to have one made'
  const bytes = (base64.length * 3) / 4 - (/=*$/.exec(base64)?.[0].length ?? 0)
  return bytes >= 24 && bytes <= 64 ? null : 'Use 24 to 64 bytes of base64 after whsec_'
}
