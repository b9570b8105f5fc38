// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Terraform must come through as text

import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankDraft, type TunnelDraft } from '../draft.ts'
import type { FieldPath } from '../field.ts'
import { withValue } from '../field-values.ts'
import { fieldAt } from '../fields.ts'
import { Tunnel } from '../tunnel.ts'
import { carriedPaths } from './carried.ts'
import { tunnelsCsv } from './csv-file.ts'
import { tunnelsHcl } from './hcl.ts'
import { tunnelsJson } from './json-file.ts'
import { guessTargets } from './mapping.ts'
import { tunnelsMarkdown } from './markdown.ts'
import { type Plan, planOf } from './plan.ts'
import { sheetOf } from './read-sheet.ts'
import { wantedOf } from './wanted.ts'

/** A value that is not the usual one, whatever the field. */
function withOtherValue(draft: TunnelDraft, path: FieldPath): TunnelDraft {
  const field = fieldAt(path)
  const usual = field?.default
  if (field?.control === 'switch') return withValue(draft, path, usual !== true)
  if (field?.control === 'number') return withValue(draft, path, 65010)
  if (field?.control === 'list') return withValue(draft, path, ['10.1.0.0/16'])
  if (field?.control !== 'select') return withValue(draft, path, `other ${path}`)
  return withValue(draft, path, field.choices.find(({ value }) => value !== usual)?.value ?? '')
}

const account = 'a'.repeat(32)
const exported = { account, at: '2026-11-28T12:00:00.000Z' }

const hostile = [
  'say "hi"',
  "it's",
  'a\nb\r\nc',
  '${var.secret}',
  '$${x}',
  '$$${x}',
  '%{ for x in y }',
  '%%{if}',
  'back\\slash \\" \\u0041 \\n',
  '=HYPERLINK("http://evil")',
  "'=1+1",
  "''@x",
  '  -1',
  '+41',
  '\t=x',
  'a,b;c\td',
  '</td><script>alert(1)</script>',
  '| x | [a](javascript:1) | `code` | www.evil.example https://evil.example',
  '\u202egnp.exe',
  'tag \u{e0041} end',
  'Zürich 🦊',
  '"}\nresource "x" "y" {}',
]

const id = fc.stringMatching(/^[0-9a-f]{32}$/)
const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 30 }))
const octet = fc.nat(255)
const address = fc.tuple(octet, octet, octet, octet).map((four) => four.join('.'))
const wire = fc.record({
  id,
  name: text,
  description: text,
  cloudflare_endpoint: address,
  customer_endpoint: fc.oneof(address, fc.constant('')),
  interface_address: fc.tuple(octet, octet, octet).map(([a, b, c]) => `10.${a}.${b}.${c}/31`),
  interface_address6: fc.constantFrom('', '2606:54c1:7:0:a9fe:12d2:1:200/127'),
  health_check: fc.record({
    enabled: fc.boolean(),
    rate: fc.constantFrom('low', 'mid', 'high', 'some-new-rate'),
    type: fc.constantFrom('reply', 'request'),
    direction: fc.constantFrom('unidirectional', 'bidirectional'),
    target: fc.record({ saved: fc.oneof(address, fc.constant('')), effective: address }),
  }),
  bgp: fc.option(
    fc.record({
      customer_asn: fc.integer({ min: 1, max: 4_294_967_295 }),
      extra_prefixes: fc.array(
        address.map((one) => `${one}/32`),
        { maxLength: 3 },
      ),
      md5_key: fc.constantFrom('', 'SECRET-md5'),
    }),
  ),
  replay_protection: fc.boolean(),
  automatic_return_routing: fc.boolean(),
  custom_remote_identities: fc.record({ fqdn_id: fc.constantFrom('', 'a.b.custom.ipsec.cloudflare.com') }),
})
const tunnels = fc
  .uniqueArray(wire, { maxLength: 8, minLength: 1, selector: (one) => one.id })
  .map((all) => all.map((one) => Tunnel.parse(one)))

function planFrom(file: string, there: readonly Tunnel[]): Plan {
  const read = sheetOf(file)
  if (!('sheet' in read)) throw new Error(read.problems.map(({ message }) => message).join('; '))
  const { rows, columns } = read.sheet
  const mapping = guessTargets(columns)
  return planOf(
    rows.map((row) => wantedOf(row, mapping)),
    there,
  )
}

/** Terraform's JSON writes what is no template with one more mark. What has none is one, and our files have none of them. */
function plainOf(written: string): string {
  const template = /(?<!\$)\$\{(?!var\.\w+_md5_key\}$)|(?<!%)%\{/.exec(written)
  if (template) throw new Error(`${written} is a template`)
  return written.replaceAll('$${', '${').replaceAll('%%{', '%{')
}

/** The configuration as Terraform would keep it in its state once it is applied. */
async function stateOf(hcl: string): Promise<string> {
  const parsed = (await parse('tunnels.tf', hcl)) as {
    import: { to: string; id: string }[]
    resource: Record<string, Record<string, Record<string, unknown>[]>>
  }
  const [[type, all]] = Object.entries(parsed.resource) as [[string, Record<string, Record<string, unknown>[]>]]
  const resources = parsed.import.map(({ to, id: imported }) => {
    const label = to.replace(/^\$\{.*\.|\}$/g, '')
    const [attributes = {}] = all[label] ?? []
    const plain = JSON.parse(JSON.stringify(attributes), (_, value: unknown) =>
      typeof value === 'string' ? plainOf(value) : value,
    ) as Record<string, unknown>
    const left = { customer_endpoint: null, interface_address6: null, bgp: null, custom_remote_identities: null }
    const { health_check } = plain as { health_check: Record<string, unknown> }
    const health = { ...health_check, target: health_check['target'] ?? { saved: '' } }
    const full = { ...left, ...plain, health_check: health, id: imported.split('/')[1] }
    return { mode: 'managed', type, name: label, instances: [{ schema_version: 0, attributes: full }] }
  })
  return JSON.stringify({ version: 4, terraform_version: '1.9.0', resources })
}

test('what is exported and read again is no change: JSON and CSV, whatever the names (property)', () => {
  fc.assert(
    fc.property(tunnels, (there) => {
      for (const file of [tunnelsJson(there, exported), tunnelsCsv(there)]) {
        expect(planFrom(file, there)).toEqual({ rows: [], same: there.length })
      }
    }),
    { numRuns: 150 },
  )
})

test('exported Terraform is read by a real parser, and its state is no change (property)', {
  timeout: 60_000,
}, async () => {
  // HCL holds whole characters in their composed form; names that differ in no more than that are the same to it.
  const composed = (one: string) => one.toWellFormed().normalize('NFC')
  await fc.assert(
    fc.asyncProperty(tunnels, async (random) => {
      const there = random.map((one) => ({ ...one, name: composed(one.name), description: composed(one.description) }))
      expect(planFrom(await stateOf(tunnelsHcl(there, account)), there)).toEqual({ rows: [], same: there.length })
    }),
    { numRuns: 40 },
  )
})

test.each(hostile)('a tunnel called %j comes through every file as it is', async (name) => {
  const there = [Tunnel.parse({ id: 'b'.repeat(32), name, description: name, interface_address: '10.0.0.0/31' })]
  expect(planFrom(tunnelsCsv(there), there).rows).toEqual([])
  expect(planFrom(tunnelsJson(there, exported), there).rows).toEqual([])
  expect(planFrom(await stateOf(tunnelsHcl(there, account)), there).rows).toEqual([])
})

test('no file holds a key, and each says so (property)', () => {
  fc.assert(
    fc.property(tunnels, (there) => {
      const files = [tunnelsJson(there, exported), tunnelsCsv(there), tunnelsHcl(there, account)]
      for (const file of [...files, tunnelsMarkdown(there, exported)]) {
        expect(file).not.toContain('SECRET')
        expect(file).toMatch(/no keys are in this file|never in this file/i)
      }
    }),
    { numRuns: 30 },
  )
})

const sample = Tunnel.parse({
  id: 'c'.repeat(32),
  name: 'Zürich A',
  cloudflare_endpoint: '162.159.135.10',
  customer_endpoint: '203.0.113.7',
  interface_address: '10.252.2.20/31',
  bgp: { customer_asn: 65010, extra_prefixes: ['10.1.0.0/16'], md5_key: 'SECRET-md5' },
})

test('an MD5 key becomes a sensitive variable, so that Terraform does not take it away', async () => {
  const parsed = await parse('t.tf', tunnelsHcl([sample], account))
  expect(parsed).toMatchObject({
    variable: { z_rich_a_md5_key: [{ type: '${string}', sensitive: true }] },
    resource: {
      cloudflare_magic_wan_ipsec_tunnel: {
        z_rich_a: [{ bgp: { customer_asn: 65010, md5_key: '${var.z_rich_a_md5_key}' } }],
      },
    },
    import: [{ to: '${cloudflare_magic_wan_ipsec_tunnel.z_rich_a}', id: `${account}/${sample.id}` }],
  })
})

test('Terraform tells every field that files carry: one that is forgotten would be set back to its default', async () => {
  const [plain, other] = [Tunnel.parse({ id: sample.id, name: 'a' }), carriedPaths.reduce(withOtherValue, blankDraft)]
  const { enabled, ...session } = other.bgp
  const there = Tunnel.parse({ ...other, id: sample.id, bgp: enabled ? session : null })
  const { rows } = planFrom(await stateOf(tunnelsHcl([there], account)), [plain])
  expect(rows[0]?.changes.map(({ path }) => path)).toEqual(carriedPaths)
})

test('names that make the same label get labels of their own', async () => {
  const there = ['a b', 'a-b', 'a_b_2', '!!', '2nd'].map((name, index) =>
    Tunnel.parse({ id: String(index).repeat(32), name }),
  )
  const parsed = (await parse('t.tf', tunnelsHcl(there, account))) as { resource: Record<string, object> }
  expect(Object.keys(parsed.resource['cloudflare_magic_wan_ipsec_tunnel'] ?? {}).toSorted()).toEqual(
    ['a_b', 'a_b_2', 'a_b_2_2', 'tunnel', 'tunnel_2nd'].toSorted(),
  )
})

test('a hand-over sheet names both ends, and nothing from outside starts a row, a link or a tag in it', () => {
  expect(tunnelsMarkdown([sample], exported)).toContain('| Inside address at the device | 10.252.2.21 |')
  for (const name of hostile) {
    const sheet = tunnelsMarkdown([{ ...sample, name, description: name }], exported)
    const lines = tunnelsMarkdown([{ ...sample, name: 'x', description: 'x' }], exported).split('\n')
    expect(sheet.split('\n')).toHaveLength(lines.length)
    expect(sheet).not.toMatch(/(?<!\\)<(?!br>)|(?<!\\)`|https:\/\/evil|www\.evil|(?<!\\)\[/)
  }
})

test('cells that a spreadsheet would calculate are text in it (S60)', () => {
  const csv = tunnelsCsv([{ ...sample, name: '=1+1', description: '@SUM(A1)' }])
  expect(csv).toContain(`"'=1+1"`)
  expect(csv).toContain(`"'@SUM(A1)"`)
})
