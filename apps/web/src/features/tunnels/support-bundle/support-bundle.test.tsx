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
  const saved: { name: string; text: Promise<string> }[] = []
  const blobs = new Map<string, Blob>()
  const [make, press] = [URL.createObjectURL, HTMLAnchorElement.prototype.click]
  URL.createObjectURL = (blob: Blob) => {
    const url = make(blob)
    blobs.set(url, blob)
    return url
  }
  HTMLAnchorElement.prototype.click = function click() {
    saved.push({ name: this.download, text: blobs.get(this.href)?.text() ?? Promise.resolve('') })
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
  await show(<BundleMaker id={id} />)
  await expect
    .poll(() => files.map(({ name }) => name))
    .toEqual([expect.stringMatching(/^support-paris-a-\d{8}T\d{4}Z\.md$/)])
  const text = (await files[0]?.text) ?? ''
  expect(text).toContain('# Support bundle: paris/a')
  expect(text).toContain('## State\n\nCould not be read.')
})

test('a tunnel that cannot be read is told, with a way to try again', async () => {
  const files = savedFiles()
  const answers = [problem('upstream-unavailable'), { body: { tunnel, version: 'v', unknownFields: [] } }]
  fakeBff({ 'GET /api/tunnels/:id': () => answers.shift() ?? problem('internal') })
  await show(<BundleMaker id={id} />)
  await expect.element(page.getByRole('dialog', { name: 'Support bundle' })).toBeInTheDocument()
  await press(/again/i)
  await expect.poll(() => files.length).toBe(1)
})
