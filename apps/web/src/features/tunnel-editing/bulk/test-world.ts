import type { ManyResult } from '@tunnel-console/shared/api'
import { type Answers, type Sent, sessionOf } from '../../../test/bff.tsx'
import { branch, list, statuses } from '../test/world.ts'

export const version = 'v'.repeat(43)
export const paris = { ...branch, id: '1'.padStart(32, '0'), name: 'paris-a' }
export const lyon = {
  ...branch,
  id: '2'.padStart(32, '0'),
  name: 'lyon-a',
  health_check: { ...branch.health_check, rate: 'low' },
}
export const owner = sessionOf('admin').user.id

/** The tunnels of a request of many. */
export const asked = ({ body }: Sent) => (body as { tunnels: { id: string }[] }).tunnels
export const emptyJob = {
  id: 'f0b3a1de-0000-4000-8000-000000000000',
  kind: 'update',
  state: 'waiting',
  why: null,
  by: { id: owner, email: 'ada@example.com' },
  reason: null,
  options: {},
  createdAt: '2026-11-28T00:00:00Z',
  startsAt: null,
  startedAt: null,
  endedAt: null,
  counts: { waiting: 2, running: 0, done: 0, refused: 0, conflict: 0, unknown: 0, skipped: 0 },
}

/** Both tunnels, all of whose changes are valid, and jobs that are taken. */
export const world = (more: Answers = {}): Answers => {
  const tunnels = [paris, lyon]
  let reads = 0
  return {
    'GET /api/tunnels': () => list(...tunnels),
    'GET /api/status': () => statuses({ [paris.id]: 'up', [lyon.id]: 'down' }),
    'GET /api/tunnels/:id': () => ({ body: { tunnel: tunnels[reads++ % 2], version, unknownFields: [] } }),
    'PUT /api/tunnels?validate_only=true': (sent) => ({
      body: { results: asked(sent).map(({ id }): ManyResult => ({ id, outcome: 'valid' })) },
    }),
    'GET /api/jobs': () => ({ body: { jobs: [] } }),
    'POST /api/jobs': () => ({ status: 201, body: { job: emptyJob, rows: [] } }),
    ...more,
  }
}
