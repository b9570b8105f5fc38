import type { AuditEntry } from '@tunnel-console/shared/audit'
import { expect, test } from 'vitest'
import { exportEntries } from '../src/audit/export.ts'
import type { AuditFilter } from '../src/audit/filter.ts'
import type { Settlement } from '../src/audit/store.ts'
import { intent, openAudit } from './audit-world.ts'
import { create, idOf, opened } from './steps.ts'
import { type Person, startWorld } from './world.ts'

const header =
  'seq,id,at,settledAt,actor,role,action,target,targetId,validateOnly,outcome,times,changes,reason,problem,detail,causes,turns,ray,requestId'

const jsonOf = async (person: Person, query = '') =>
  (await (await person.get(`/api/audit/export?format=json${query}`)).json()) as AuditEntry[]
const linesOf = async (person: Person, query = '') =>
  (await (await person.get(`/api/audit/export?format=csv${query}`)).text()).split('\r\n')

const now = new Date('2026-11-22T14:02:11.000Z')

/** A log of one entry, as a file. */
async function exported(format: 'csv' | 'json', entry: Partial<typeof intent> & Partial<Settlement>): Promise<string> {
  const { audit } = await openAudit()
  await audit.record({ ...intent, outcome: 'applied', ...entry })
  return (await exportEntries(audit, {}, { format, now })).text()
}

test('the whole log comes as JSON, as the pages give it', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  await create(admin)
  const { entries } = await world.services.owner.audit.list({ limit: 200 })
  const answer = await admin.get('/api/audit/export?format=json')
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="audit-\d{4}-\d\d-\d\dT\d{6}Z\.json"$/,
  )
  expect(await answer.json()).toEqual(entries)
  expect(entries.length).toBeGreaterThan(1)
})

test('the whole log comes as CSV: a header, and a line for each entry', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  await create(admin)
  const answer = await admin.get('/api/audit/export?format=csv')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-[^"]+\.csv"$/)
  expect([...new Uint8Array(await answer.clone().arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = (await answer.text()).split('\r\n')
  expect([lines[0], lines.at(-1)]).toEqual([header, ''])
  expect(lines).toHaveLength((await jsonOf(admin)).length + 2)
})

test('a line tells all that is known of an entry', async () => {
  const { audit } = await openAudit()
  const id = await audit.begin({ ...intent, reason: 'A new line, at last' })
  const problem = { code: 'outcome-unknown', detail: 'No answer, yet', causes: ['outcome-unknown', 'upstream-timeout'] }
  await audit.settle(id, { outcome: 'unknown', problem, ray: '8f1-CDG' })
  const file = await (await exportEntries(audit, {}, { format: 'csv', now })).text()
  expect(file.split('\r\n')[1]).toBe(
    [
      `1,${id},2026-11-22T14:02:12.000Z,2026-11-22T14:02:13.000Z`,
      `ada@example.com,admin,tunnel.update,paris-b,${'0'.repeat(32)},false,unknown,1`,
      '"description: """" → ""Paris"""',
      '"A new line, at last",outcome-unknown,"No answer, yet","outcome-unknown ← upstream-timeout"',
      '2026-11-22T14:02:13.000Z unknown,8f1-CDG,request-1',
    ].join(','),
  )
})

test('an export holds what the filter lets through, and nothing else', async () => {
  const world = await startWorld()
  const [admin, support] = [await world.as('admin'), await world.as('support')]
  const id = idOf(world, 'fra-dc1-a')
  await support.send('DELETE', `/api/tunnels/${id}`)
  await admin.send('DELETE', `/api/tunnels/${id}`, undefined, (await opened(admin, id)).ifMatch)
  const actions = async (query: string) =>
    (await jsonOf(admin, query)).map(({ action, outcome }) => `${action} ${outcome}`)
  expect(await actions(`&target=${id}`)).toEqual(['tunnel.delete applied', 'tunnel.delete denied'])
  expect(await actions('&outcome=denied')).toEqual(['tunnel.delete denied'])
  expect(await actions(`&action=tunnel.delete&outcome=applied`)).toEqual(['tunnel.delete applied'])
  expect(await linesOf(admin, '&outcome=conflict')).toEqual([header, ''])
  expect(await jsonOf(admin, '&outcome=conflict')).toEqual([])
})

test.each(['?format=xml', '?format=csv&limit=5', '?format=csv&cursor=5', '?format=csv&page=2'])(
  'refuses %s',
  async (query) => {
    const world = await startWorld()
    expect((await (await world.as('admin')).get(`/api/audit/export${query}`)).status).toBe(400)
  },
)

test('S47 an export is not for support', async () => {
  const world = await startWorld()
  expect((await (await world.as('support')).get('/api/audit/export?format=csv')).status).toBe(403)
})

const hostile = ['=cmd|calc', '+1', '-1', '@SUM(A1)', '\t=1', '\r\n=1']

test.each(hostile)('S60 a name that a spreadsheet would run is text there: %j', async (name) => {
  const file = await exported('csv', { target: { id: null, name } })
  const line = file.split('\r\n')[1] ?? ''
  expect(line).toContain(`,tunnel.update,"'`)
  expect(file.split('\r\n')).toHaveLength(3)
})

test.each(['csv', 'json'] as const)(
  'S66 no name breaks a line, moves a cursor or turns the writing around: %s',
  async (format) => {
    const name = 'a\r\nb\u001b[31mred\u009b0m\u202etxt\u2028'
    const problem = { code: 'rejected', detail: name }
    const changes = [{ path: 'name', label: 'Name', before: name, after: name }]
    const file = await exported(format, { target: { id: null, name }, problem, changes, ray: name })
    expect(file.slice(1)).not.toMatch(/[^\P{Cc}\r\n]|\p{Cf}|\p{Zl}|\r(?!\n)/u)
    expect(file).toContain('\\u202etxt\\u2028')
  },
)

test('a long log is read page by page, as the client takes it, and has no gap', async () => {
  const seen: (number | undefined)[] = []
  const entry = { seq: 0, actor: {}, changes: [], turns: [] } as unknown as AuditEntry
  const list = async ({ cursor, limit }: AuditFilter) => {
    seen.push(cursor)
    const start = (cursor ?? 100_001) - 1
    const entries = Array.from({ length: Math.min(limit, start) }, (_, index) => ({ ...entry, seq: start - index }))
    return { entries, nextCursor: start > limit ? String(entries.at(-1)?.seq) : null }
  }
  const answer = await exportEntries({ list }, {}, { format: 'csv', now })
  expect(seen).toEqual([undefined])
  const lines = (await answer.text()).split('\r\n')
  expect(seen).toHaveLength(200)
  expect(lines.slice(1, -1).map((line) => Number(line.split(',')[0]))).toEqual(
    Array.from({ length: 100_000 }, (_, index) => 100_000 - index),
  )
})

test('a log that cannot be read is a problem before the file begins, and breaks the file off after', async () => {
  const broken = async () => Promise.reject(new Error('disk'))
  await expect(exportEntries({ list: broken }, {}, { format: 'json', now })).rejects.toThrow('disk')
  const list = async ({ cursor }: AuditFilter) => (cursor === undefined ? { entries: [], nextCursor: '5' } : broken())
  const answer = await exportEntries({ list }, {}, { format: 'json', now })
  await expect(answer.text()).rejects.toThrow('disk')
})
