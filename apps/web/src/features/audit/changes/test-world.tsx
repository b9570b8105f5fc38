import type { AuditEntry } from '@tunnel-console/shared/audit'
import type { StateChange, StateChangesAnswer } from '@tunnel-console/shared/status-answers'
import { onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import type { ChangesSearch } from '../../../data/changes-search.ts'
import { type Answer, problem, show } from '../../../test/bff.tsx'
import { WhatChanged } from './what-changed.tsx'

const ada = { id: '1', email: 'ada@example.com', role: 'admin' as const }

/** An entry of the log, a minute after the one before it. */
export function entry(seq: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    seq,
    id: `entry-${seq}`,
    at: `2026-11-28T10:0${seq}:00.000Z`,
    settledAt: null,
    actor: ada,
    action: 'tunnel.update',
    target: { id: '7'.padStart(32, '0'), name: `branch-0${seq}` },
    validateOnly: false,
    outcome: 'applied',
    changes: [{ path: 'description', label: 'Description', before: '', after: 'x' }],
    problem: null,
    ray: null,
    requestId: 'r',
    times: 1,
    turns: [],
    ...more,
  }
}

const nothing: StateChangesAnswer = {
  changes: [],
  nextCursor: null,
  unwatched: [],
  withoutData: 0,
  since: '2026-01-01T00:00:00.000Z',
  older: null,
}

/** What the console answers of the states of tunnels. */
export const states = (more: Partial<StateChangesAnswer> = {}): Answer => ({ body: { ...nothing, ...more } })

/** A tunnel by its number that goes down so many minutes after ten o'clock. */
export function down(n: number, minute: number, more: Partial<StateChange> = {}): StateChange {
  return {
    tunnelId: n.toString(16).padStart(32, '0'),
    name: `branch-${n}`,
    from: 'up',
    to: 'down',
    reason: 'Health checks pass 0%',
    at: new Date(Date.parse('2026-11-28T10:00:00Z') + minute * 60_000).toISOString(),
    lastSeen: null,
    planned: null,
    ...more,
  }
}

const ten: ChangesSearch = { from: '2026-11-28T10:00', to: '2026-11-28T10:10' }

/** The page over these pages of the log and of states; the answer tells what was asked of each. */
export async function whatChanged(
  answers: Answer[],
  { search = ten, ofStates = [states()] }: { search?: ChangesSearch; ofStates?: Answer[] } = {},
) {
  const real = window.fetch
  const asked = { log: [] as URLSearchParams[], states: [] as URLSearchParams[] }
  const next = (list: Answer[]) => (list.length > 1 ? list.shift() : list[0]) ?? problem('internal')
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.origin)
    const of = { '/api/audit': 'log', '/api/status/changes': 'states' } as const
    const which = url.pathname === '/api/audit' || url.pathname === '/api/status/changes' ? of[url.pathname] : null
    if (!which) return real(input, init)
    asked[which].push(url.searchParams)
    const { status = 200, body } = next(which === 'log' ? answers : ofStates)
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  }
  onTestFinished(() => {
    window.fetch = real
  })
  await show(<WhatChanged search={search} />)
  return asked
}

export const log = (entries: AuditEntry[], nextCursor: string | null = null): Answer => ({
  body: { entries, nextCursor },
})
export const rows = page.getByRole('table', { name: 'Changes' }).getByRole('row')
export const axis = page.getByRole('slider', { name: 'Changes in time' })
