import { expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { isHandoffKey, openHandoff, sealHandoff } from './handoff-seal.ts'

const content = { psk: 'canary-Ω-key', facts: [{ label: 'Tunnel', value: 'paris-b' }] }

test('what was sealed opens with its own key and with no other', async () => {
  const { ciphertext, key } = await sealHandoff(content)
  expect(await openHandoff(ciphertext, key)).toEqual(content)
  const other = await sealHandoff(content)
  expect(await openHandoff(ciphertext, other.key)).toBeNull()
  expect(await openHandoff(other.ciphertext, key)).toBeNull()
})

test('a ciphertext that was changed anywhere opens no more', async () => {
  const { ciphertext, key } = await sealHandoff(content)
  const bytes = fromBase64Url(ciphertext) ?? new Uint8Array()
  const opened = await Promise.all(
    [0, 11, 12, 40, bytes.length - 1].map((index) =>
      openHandoff(toBase64Url(bytes.map((byte, at) => (at === index ? byte ^ 1 : byte))), key),
    ),
  )
  expect(opened).toEqual([null, null, null, null, null])
})

test('neither the key nor its length can be told from a ciphertext', async () => {
  const short = await sealHandoff({ ...content, psk: 'k' })
  const long = await sealHandoff({ ...content, psk: 'k'.repeat(60) })
  expect(short.ciphertext.length).toBe(long.ciphertext.length)
  expect(short.ciphertext).not.toContain('kkkk')
})

test('two seals of the same thing have nothing in common', async () => {
  const [one, two] = [await sealHandoff(content), await sealHandoff(content)]
  expect(one.key).not.toBe(two.key)
  expect(one.ciphertext.slice(0, 16)).not.toBe(two.ciphertext.slice(0, 16))
})

test.each(['', 'x', 'AAAA', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}+`, `${'A'.repeat(42)} `])(
  '%j is no whole key',
  async (text) => {
    expect(isHandoffKey(text)).toBe(false)
    expect(await openHandoff('A'.repeat(60), text)).toBeNull()
  },
)

test('the longest key there may be still fits into a hand-off', async () => {
  const facts = Array.from({ length: 4 }, () => ({ label: 'User FQDN', value: 'x'.repeat(255) }))
  const { ciphertext } = await sealHandoff({ psk: '😀'.repeat(500), facts })
  expect(ciphertext.length).toBeLessThan(20_000)
  expect(ciphertext).toMatch(/^[\w-]+$/)
})
