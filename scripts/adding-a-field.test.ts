import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRepoFile, repoFiles, root } from './repo-files.ts'

const shared = 'packages/shared/src'
const entry = `  new_switch: {
    label: 'New switch',
    section: 'protection',
    control: 'switch',
    default: false,
    rule: rule.flag,
    support: true,
    effect: medium('Something new happens'),
  },
`
/** What a new switch adds to which file, and before which line. */
const additions: Record<string, [added: string, before: string][]> = {
  [`${shared}/draft.ts`]: [
    ['  new_switch: boolean\n', '  custom_remote_identities: { fqdn_id: string }\n'],
    ['  new_switch: false,\n', "  custom_remote_identities: { fqdn_id: '' },\n"],
    ['    new_switch: tunnel.new_switch,\n', '    custom_remote_identities: { fqdn_id: tunnel'],
  ],
  [`${shared}/fields.ts`]: [[entry, "  'custom_remote_identities.fqdn_id': {\n"]],
  [`${shared}/tunnel.ts`]: [['  new_switch: flag(false),\n', '  allow_null_cipher: flag(false),\n']],
  'packages/cloudflare-sandbox/src/switches.ts': [['  new_switch: false,\n', '}\n\nexport type Switches']],
}
const touched = Object.keys(additions)
const typed = touched.filter((file) => file.startsWith(shared))

/** From a form to Cloudflare and back, as the console goes. */
const journey = `
import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { draftOf } from '@tunnel-console/shared/draft'
import { draftOfForm, formOf } from '@tunnel-console/shared/form'
import { inputOf, patchOf, putBody, TunnelInput, TunnelPatch } from '@tunnel-console/shared/patch'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'

const accountId = '0'.repeat(32)
const sandbox = createSandbox({ accountId, token: 'token', readTokens: [], now: () => new Date('2026-11-22T12:00:00Z') })
const headers = { authorization: 'Bearer token', 'content-type': 'application/json', 'x-magic-new-hc-target': 'true' }
const tunnels = async (method, id = '', body) => {
  const url = 'https://api.cloudflare.com/client/v4/accounts/' + accountId + '/magic/ipsec_tunnels' + id
  return (await (await sandbox.fetch(url, { method, headers, body: body && JSON.stringify(body) })).json()).result
}
const [wire] = (await tunnels('GET')).ipsec_tunnels
const before = draftOf(Tunnel.parse(wire))
const after = draftOfForm({ ...formOf(before), new_switch: true })
const patch = TunnelPatch.parse(patchOf(before, after))
await tunnels('PUT', '/' + wire.id, putBody(wire, patch))
const stored = Tunnel.parse((await tunnels('GET', '/' + wire.id)).ipsec_tunnel)
console.log(JSON.stringify({
  patch,
  changes: diffDrafts(before, draftOf(stored)),
  seenBySupport: visibleTunnel(stored, 'support').new_switch,
  created: TunnelInput.parse(inputOf(draftOf(stored))).new_switch,
}))
`

let copy = ''

/** A copy of what the console is made of, with the same packages installed. */
function copyOfConsole(): string {
  const to = mkdtempSync(path.join(tmpdir(), 'adding-a-field-'))
  for (const file of repoFiles().filter((name) => /^(apps|packages)\/|^(package\.json|tsconfig)/.test(name))) {
    mkdirSync(path.join(to, path.dirname(file)), { recursive: true })
    cpSync(path.join(root, file), path.join(to, file))
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(to, 'node_modules'))
  for (const owner of [
    'apps/bff',
    'apps/web',
    'packages/shared',
    'packages/device-config',
    'packages/cloudflare-sandbox',
  ]) {
    const isOurs = (file: string) => !path.basename(file).startsWith('.vite')
    const given = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, filter: isOurs }
    // With what the compiler knows already of the console as it is: it need not find that out again.
    for (const part of ['node_modules', 'dist', 'dist-types'].map((name) => path.join(owner, name)))
      if (existsSync(path.join(root, part))) cpSync(path.join(root, part), path.join(to, part), given)
  }
  return to
}

/** The copy with the additions to these files, and all others as they are in the repository. */
function addTo(files: readonly string[]): void {
  for (const [file, parts] of Object.entries(additions)) {
    const added = files.includes(file) ? parts : []
    const text = added.reduce((sum, [more, before]) => sum.replace(before, () => more + before), readRepoFile(file))
    writeFileSync(path.join(copy, file), text)
  }
}

const run = promisify(execFile)

async function complaints(...projects: string[]): Promise<string[]> {
  const tsc = path.join(root, 'node_modules/.bin/tsc')
  const { stdout } = await run(tsc, ['-b', ...projects], { cwd: copy }).catch((error: { stdout: string }) => error)
  return stdout.split('\n').filter((line) => line.includes('error TS'))
}

const product = [shared.replace('/src', ''), 'packages/cloudflare-sandbox', 'apps/bff/src', 'apps/bff/node', 'apps/web']

beforeAll(() => {
  copy = copyOfConsole()
}, 120_000)

afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('docs/architecture.md lists the files that a new switch touches, at most six', () => {
  const [, section = ''] = /## Adding a field\n(.*?)\n## /s.exec(readRepoFile('docs/architecture.md')) ?? []
  const listed = [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file)
  expect(listed).toEqual(touched)
  expect(listed.length).toBeLessThanOrEqual(6)
})

test('a switch in those files is all: it compiles, and goes from the form to Cloudflare and back', async () => {
  addTo(touched)
  expect(touched.filter((file) => readFileSync(path.join(copy, file), 'utf8') === readRepoFile(file))).toEqual([])
  expect(await complaints(...product)).toEqual([])
  const script = path.join(copy, 'apps/bff/node/journey.ts')
  writeFileSync(script, journey)
  const { stdout } = await run(process.execPath, [script], { cwd: copy })
  expect(JSON.parse(stdout)).toEqual({
    patch: { new_switch: true },
    changes: [{ path: 'new_switch', label: 'New switch', before: false, after: true }],
    seenBySupport: true,
    created: true,
  })
}, 120_000)

test.each(typed)(
  'a switch that is forgotten in %s does not compile',
  async (file) => {
    addTo(touched.filter((other) => other !== file))
    expect(await complaints(shared.replace('/src', ''))).not.toEqual([])
  },
  120_000,
)
