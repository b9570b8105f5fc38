import type { Webhook } from '@tunnel-console/shared/webhooks'

/** A message that failed and waits to be sent again. */
export const delivery = {
  id: 'msg_1',
  state: 'waiting',
  isTest: false,
  changes: 2,
  attempts: 3,
  status: 503,
  problem: 'It answered 503',
  createdAt: '2026-11-28T12:00:00Z',
  triedAt: '2026-11-28T12:05:00Z',
} as const

export const webhook: Webhook = {
  id: '1',
  url: 'https://alerts.example.com/in',
  states: ['down', 'up'],
  isEnabled: true,
  by: 'ada@example.com',
  createdAt: '2026-11-28T12:00:00Z',
  waiting: 1,
  deliveries: [delivery],
}
