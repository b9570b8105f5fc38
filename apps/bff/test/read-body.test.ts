import { expect, test } from 'vitest'
import { limitsOf } from '../src/cloudflare/limits.ts'
import { parseLong } from '../src/cloudflare/long-json.ts'
import { readBody } from '../src/cloudflare/read-body.ts'

const mebibyte = 1024 * 1024

test('U16 an answer has an upper size: beyond it nothing more is read, and the connection is given up', async () => {
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent++
      controller.enqueue(new Uint8Array(mebibyte))
    },
  })
  const abort = new AbortController()
  const read = readBody(new Response(endless), limitsOf({ isWrite: false }), abort)
  await expect(read).rejects.toMatchObject({ problem: { code: 'upstream-unexpected' } })
  expect(abort.signal.aborted).toBe(true)
  expect(sent).toBeLessThan(36)
})

test('U16 ten thousand tunnels are taken apart with a turn for everybody else in between', async () => {
  const tunnels = Array.from({ length: 10_000 }, (_, i) => ({
    id: `${i}`,
    name: `site-${i}`,
    description: 'x'.repeat(500),
  }))
  const text = JSON.stringify({ success: true, errors: [], messages: [], result: { ipsec_tunnels: tunnels } })
  let turns = 0
  const other = setInterval(() => turns++)
  const parsed = await parseLong(text)
  clearInterval(other)
  expect(parsed).toMatchObject({ result: { ipsec_tunnels: { length: 10_000 } } })
  expect(turns).toBeGreaterThan(3)
})
