import { expect, test } from 'vitest'
import { guessTargets, missingTargets } from './mapping.ts'
import { sheetOf } from './read-sheet.ts'
import { wantedOf } from './wanted.ts'

const id = 'd'.repeat(32)

function sheetIn(text: string) {
  const read = sheetOf(text)
  if (!('sheet' in read)) throw new Error(read.problems.map(({ message }) => message).join('; '))
  return read.sheet
}

function wantedIn(text: string) {
  const { columns, rows } = sheetIn(text)
  const mapping = guessTargets(columns)
  return rows.map((row) => {
    const { line, values, problems, id: own } = wantedOf(row, mapping)
    return { line, id: own, problems, ...Object.fromEntries(values) }
  })
}

test.each([
  ['', null, /nothing/],
  ['  \n ', null, /nothing/],
  ['name,interface\n', null, /no tunnels/],
  ['name\n"open', 2, /quotation mark/],
  ['{"a":', null, /not valid JSON/],
  ['{"a": 1}', null, /no list/],
  ['[1, {}]', 1, /no object/],
  ['{"format":"tunnel-console/tunnels","version":2,"tunnels":[]}', null, /version 2/],
  ['{"version":3,"terraform_version":"0.11","resources":[]}', null, /version 3/],
  ['{"format_version":"1.0","values":{"root_module":{}}}', null, /no cloudflare_magic_wan_ipsec_tunnel/],
  [`name\n${'x\n'.repeat(5001)}`, null, /5001 rows/],
])('%j says at line %s what is wrong', (text, line, words) => {
  const read = sheetOf(text)
  expect(read).toEqual({ problems: [{ line, message: expect.stringMatching(words) as unknown }] })
})

test('columns are known by many names, whatever parts them and however they are written', () => {
  const rows = wantedIn(
    '\ufeffTunnel Name;Cloudflare IP;Inside address;ASN;Replay protection;Health check rate;Owner\r\nzrh;1.2.3.4;10.0.0.0/31;65010;yes;Medium;me\r\n',
  )
  expect(rows).toEqual([
    {
      line: 2,
      id: null,
      problems: [],
      name: 'zrh',
      cloudflare_endpoint: '1.2.3.4',
      interface_address: '10.0.0.0/31',
      'bgp.enabled': true,
      'bgp.customer_asn': 65010,
      replay_protection: true,
      'health_check.rate': 'mid',
    },
  ])
})

test('cells that cannot be read say which field they are of, and the row keeps the rest', () => {
  const rows = wantedIn('name,bgp,asn\na,perhaps,many\nb,true\n\nc,off,,,\nd,on,1,2\n')
  expect(rows.map(({ line, problems }) => ({ line, problems: problems.map(({ path }) => path) }))).toEqual([
    { line: 2, problems: ['bgp.enabled', 'bgp.customer_asn'] },
    { line: 3, problems: [''] },
    { line: 5, problems: [] },
    { line: 6, problems: [''] },
  ])
})

test('keys in a file are not read, and it is said', () => {
  const csv = sheetIn('name,PSK,Pre-shared key\na,SECRET1,SECRET2\n')
  const json = sheetIn(`[{"name":"a","psk":"SECRET1","bgp":{"customer_asn":1,"md5_key":"SECRET2"}}]`)
  expect(JSON.stringify([csv, json])).not.toContain('SECRET')
  expect(csv.notes).toEqual(['Keys are never taken from a file: PSK, Pre-shared key was not read.'])
  expect(json.notes).toEqual(['Keys are never taken from a file: psk, bgp.md5_key was not read.'])
})

test('what a new tunnel cannot do without is named, where no column is it', () => {
  expect(missingTargets(guessTargets(['name', 'customer endpoint']))).toEqual([
    'cloudflare_endpoint',
    'interface_address',
  ])
})

test('Cloudflare’s own answer is read, the older form of a target too', () => {
  const answer = { result: { ipsec_tunnels: [{ id, name: 'a', health_check: { target: '192.0.2.1' }, bgp: null }] } }
  expect(wantedIn(JSON.stringify(answer))).toMatchObject([
    { id, name: 'a', 'health_check.target.saved': '192.0.2.1', 'bgp.enabled': false },
  ])
})

const shown = {
  format_version: '1.0',
  terraform_version: '1.9.0',
  values: {
    root_module: {
      resources: [
        { mode: 'data', type: 'cloudflare_magic_wan_ipsec_tunnel', values: { name: 'no' } },
        { mode: 'managed', type: 'cloudflare_ipsec_tunnel', values: { name: 'older' } },
      ],
      child_modules: [
        {
          resources: [
            {
              mode: 'managed',
              type: 'cloudflare_magic_wan_ipsec_tunnel',
              values: {
                id,
                account_id: 'e'.repeat(32),
                name: 'zrh',
                psk: 'SECRET',
                bgp: null,
                replay_protection: null,
              },
            },
          ],
        },
      ],
    },
  },
}

test('what terraform show -json prints is read, modules too; older resources are named and left', () => {
  const text = JSON.stringify(shown)
  expect(wantedIn(text)).toMatchObject([{ id, name: 'zrh', 'bgp.enabled': false, replay_protection: false }])
  const { accounts, notes } = sheetIn(text)
  expect(accounts).toEqual(['e'.repeat(32)])
  expect(notes.join(' ')).toMatch(/psk was not read.*1 of cloudflare_ipsec_tunnel/)
})

test('a raw state is read without what waits to be destroyed', () => {
  const instances = [
    { attributes: { id, name: 'zrh' } },
    { deposed: '00000000', attributes: { id: 'f'.repeat(32), name: 'old' } },
  ]
  const resource = { mode: 'managed', type: 'cloudflare_magic_wan_ipsec_tunnel', name: 'x', instances }
  const state = { version: 4, terraform_version: '1.9.0', serial: 3, resources: [resource] }
  expect(wantedIn(JSON.stringify(state))).toMatchObject([{ id, name: 'zrh' }])
})
