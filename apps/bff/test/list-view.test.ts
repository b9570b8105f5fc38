import { decodeColumns } from '@tunnel-console/shared/columns'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { createListViews, type ListView } from '../src/readings/list-view.ts'

const tunnels = Array.from({ length: 3 }, (_, i) => Tunnel.parse({ id: String(i).repeat(32), name: `tunnel-${i}` }))

const about = { stale: false, unreadable: 0, doubted: null, failure: null }
const asked: ListView = { tunnels, role: 'admin', form: 'rows', about, fetchedAt: '2026-01-01T00:00:00.000Z' }

test('T5 a list that says what it said keeps its tag, and tells when it was read again', async () => {
  const prepare = createListViews(undefined)
  const first = await prepare(asked)
  const later = await prepare({ ...asked, fetchedAt: '2026-01-01T00:00:05.000Z' })
  expect(later.etag).toBe(first.etag)
  expect(JSON.parse(later.text)).toEqual({ ...JSON.parse(first.text), fetchedAt: '2026-01-01T00:00:05.000Z' })
})

test.each<[string, Partial<ListView>]>([
  ['other tunnels', { tunnels: tunnels.slice(1) }],
  ['the same tunnels, told as stale', { about: { ...about, stale: true } }],
  ['another role', { role: 'support' }],
  ['another form', { form: 'columns' }],
])('a list of %s is another', async (_, other) => {
  const prepare = createListViews(undefined)
  const first = await prepare(asked)
  const second = await prepare({ ...asked, ...other })
  expect(second.etag).not.toBe(first.etag)
  expect(second.text).toBe((await createListViews(undefined)({ ...asked, ...other })).text)
  expect((await prepare(asked)).text).toBe(first.text)
})

test('T5 the columns of a long list are written in parts, and hold every tunnel', async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    Tunnel.parse({ id: String(i).padStart(32, '0'), name: `tunnel-${i}`, description: i % 3 ? '' : `site ${i}` }),
  )
  const rows = await createListViews(undefined)({ ...asked, tunnels: many })
  const columns = await createListViews(undefined)({ ...asked, tunnels: many, form: 'columns' })
  expect(decodeColumns(JSON.parse(columns.text).columns)).toEqual(JSON.parse(rows.text).tunnels)
})
