import { expect, test } from 'vitest'
import { Tunnel } from '../tunnel.ts'
import { importRows } from './import-rows.ts'
import { guessTargets } from './mapping.ts'
import { planOf } from './plan.ts'
import { sheetOf } from './read-sheet.ts'
import { wantedOf } from './wanted.ts'

const tunnelAt = (digit: number, name: string) =>
  Tunnel.parse({
    id: String(digit).repeat(32),
    name,
    cloudflare_endpoint: '162.159.135.10',
    interface_address: `10.0.${digit}.0/31`,
    bgp: { customer_asn: 65010, md5_key: 'SECRET' },
  })
const there = [tunnelAt(1, 'one'), tunnelAt(2, 'two'), tunnelAt(3, 'three')]

function rowsOf(csv: string) {
  const read = sheetOf(csv)
  if (!('sheet' in read)) throw new Error('unreadable')
  return { rows: read.sheet.rows, mapping: guessTargets(read.sheet.columns) }
}

function planFrom(csv: string) {
  const { rows, mapping } = rowsOf(csv)
  return planOf(
    rows.map((row) => wantedOf(row, mapping)),
    there,
  )
}

const told = (csv: string) =>
  planFrom(csv).rows.map(({ kind, name, changes, problems }) => ({
    kind,
    name,
    changes: changes.map(({ path }) => path),
    problems: problems.map(({ message }) => message),
  }))

test('a plan creates what is not there, changes what differs and deletes what the file lacks', () => {
  const csv =
    'name,cloudflare_endpoint,interface_address,description\none,162.159.135.10,10.0.1.0/31,new words\nnew,162.159.135.10,10.0.9.0/31,\n'
  expect(told(csv)).toMatchObject([
    { kind: 'create', name: 'new', problems: [] },
    { kind: 'update', name: 'one', changes: ['description'], problems: [] },
    { kind: 'delete', name: 'two' },
    { kind: 'delete', name: 'three' },
  ])
})

test('an id comes before a name, so that two tunnels can change their names', () => {
  expect(told(`id,name\n${'1'.repeat(32)},two\n${'2'.repeat(32)},one\n,three\n`)).toEqual([
    { kind: 'update', name: 'one', changes: ['name'], problems: ['Another tunnel is called two already'] },
    { kind: 'update', name: 'two', changes: ['name'], problems: ['Another tunnel is called one already'] },
  ])
})

test('an id that is gone falls back to the name: the tunnel was made anew meanwhile', () => {
  expect(told(`id,name\n${'9'.repeat(32)},one\n,two\n,three\n`)).toEqual([])
})

test('two rows for one tunnel are a mistake of the second', () => {
  expect(told('name,description\none,a\none,b\ntwo,\nthree,\n')).toEqual([
    { kind: 'update', name: 'one', changes: ['description'], problems: [] },
    { kind: 'update', name: 'one', changes: ['description'], problems: ['Row 2 speaks of this tunnel already'] },
  ])
})

test('no plan holds a key, and none changes one', () => {
  const { rows } = planFrom('name,bgp,asn\none,true,65011\ntwo,true,65010\nthree,true,65010\n')
  expect(rows).toMatchObject([{ kind: 'update', changes: [{ path: 'bgp.customer_asn', risk: 'high' }] }])
  expect(JSON.stringify(rows)).not.toContain('SECRET')
})

const head = 'name,cloudflare endpoint,interface address\n'

function problemsOf(csv: string) {
  const { rows, mapping } = rowsOf(head + csv)
  return importRows(rows, mapping, there).map(({ line, problems }) => [line, ...problems.map(({ message }) => message)])
}

test('an import says what is wrong with each row, within the file and beside what is there', () => {
  const lines = [
    'a,1.2.3.4,10.9.0.0/31',
    'a,1.2.3.4,10.9.0.2/31',
    'one,1.2.3.4,10.9.1.0/31',
    'b,nowhere,10.9.0.1/31',
    'c,1.2.3.4,10.0.2.1/31',
    'd,1.2.3.4',
  ]
  expect(problemsOf(lines.join('\n'))).toEqual([
    [2, 'Row 3 of this file has this name already', 'Overlaps row 5 of this file (10.9.0.1/31)'],
    [3, 'Row 2 of this file has this name already'],
    [4, 'Another tunnel is called one already'],
    [5, expect.stringMatching(/IPv4/), 'Overlaps row 2 of this file (10.9.0.0/31)'],
    [6, 'Overlaps two (10.0.2.0/31)'],
    [7, 'This row has 2 cells, and the head has 3', expect.stringMatching(/prefix/)],
  ])
})

test('five thousand rows are judged within seconds, and progress is told', () => {
  const lines = Array.from(
    { length: 5000 },
    (_, n) => `t${n},1.2.3.4,10.${100 + (n >> 13)}.${(n >> 5) & 255}.${(n & 31) * 4}/31`,
  )
  const { rows, mapping } = rowsOf(head + lines.join('\n'))
  let done = 0
  const judged = importRows(rows, mapping, there, (count) => {
    done = count
  })
  expect(done).toBe(5000)
  expect(judged.flatMap(({ problems }) => problems)).toEqual([])
})
