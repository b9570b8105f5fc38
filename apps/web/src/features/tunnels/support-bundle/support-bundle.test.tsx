import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { BundleMaker } from './bundle-maker.tsx'

const id = 'a'.repeat(32)
const tunnel = {
  id,
  name: 'paris/a',
  description: '',
  cloudflare_endpoint: '162.159.135.1',
  customer_endpoint: '203.0.113.7',
  interface_address: '10.1.0.0/31',
  health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional', target: { saved: '' } },
  bgp: null,
}

/** What the page gives the browser to save. */
function savedFiles() {
  const saved: { name: string; content: Blob }[] = []
  const blobs = new Map<string, Blob>()
  const [make, press] = [URL.createObjectURL, HTMLAnchorElement.prototype.click]
  URL.createObjectURL = (blob: Blob) => {
    const url = make(blob)
    blobs.set(url, blob)
    return url
  }
  HTMLAnchorElement.prototype.click = function click() {
    saved.push({ name: this.download, content: blobs.get(this.href) ?? new Blob() })
  }
  onTestFinished(() => {
    URL.createObjectURL = make
    HTMLAnchorElement.prototype.click = press
  })
  return saved
}

test('one press saves a file; what cannot be read is said in it', async () => {
  const files = savedFiles()
  fakeBff({ 'GET /api/tunnels/:id': () => ({ body: { tunnel, version: 'v', unknownFields: [] } }) })
  await show(<BundleMaker tunnelId={id} form="text" />)
  await expect
    .poll(() => files.map(({ name }) => name))
    .toEqual([expect.stringMatching(/^support-paris-a-\d{8}T\d{4}Z\.md$/)])
  const text = (await files[0]?.content.text()) ?? ''
  expect(text).toContain('# Support bundle: paris/a')
  expect(text).toContain('## State\n\nCould not be read.')
})

test('a tunnel that cannot be read is told, with a way to try again', async () => {
  const files = savedFiles()
  const answers = [problem('upstream-unavailable'), { body: { tunnel, version: 'v', unknownFields: [] } }]
  fakeBff({ 'GET /api/tunnels/:id': () => answers.shift() ?? problem('internal') })
  await show(<BundleMaker tunnelId={id} form="text" />)
  await expect.element(page.getByRole('dialog', { name: 'Support bundle' })).toBeInTheDocument()
  await press(/again/i)
  await expect.poll(() => files.length).toBe(1)
})

const canary = 'canary-key-9f3b'
const change = { path: 'bgp.md5_key', label: 'MD5 key', before: canary, after: `${canary}-new` }
const entry = {
  at: '2026-11-28T11:57:00Z',
  actor: { id: '1', email: 'ada@example.com', role: 'operator' },
  action: 'tunnel.update',
  target: { id, name: tunnel.name },
  validateOnly: false,
  outcome: 'applied',
  changes: [change],
  ray: null,
}

test('as ZIP it opens again, with all files in a folder of their own and no key in any, under whatever name', async () => {
  const files = savedFiles()
  const keyed = { ...tunnel, psk: canary, bgp: { customer_asn: 65010, extra_prefixes: [], md5_key: canary } }
  fakeBff({
    'GET /api/tunnels/:id': () => ({ body: { tunnel: keyed, version: 'v', unknownFields: [] } }),
    [`GET /api/audit?target=${id}&limit=20`]: () => ({ body: { entries: [entry], next: null } }),
  })
  await show(<BundleMaker tunnelId={id} form="zip" />)
  await expect.poll(() => files.length).toBe(1)
  const [{ name, content } = { name: '', content: new Blob() }] = files
  expect([name, content.type]).toEqual([
    expect.stringMatching(/^support-paris-a-\d{8}T\d{4}Z\.zip$/),
    'application/zip',
  ])
  const opened = Object.entries(unzipSync(new Uint8Array(await content.arrayBuffer())))
  const folder = name.replace('.zip', '')
  expect(opened.map(([path]) => path)).toEqual([
    `${folder}/bundle.md`,
    `${folder}/configuration.json`,
    `${folder}/changes.csv`,
  ])
  const texts = opened.map(([, bytes]) => strFromU8(bytes)).join('\n')
  expect(texts).toContain('"bgp.customer_asn": 65010')
  expect(texts).toContain('2026-11-28T11:57:00.000Z,ada@example.com,tunnel.update')
  expect(texts).not.toContain(canary)
  expect(texts).not.toMatch(/md5_key|"psk"/)
})
