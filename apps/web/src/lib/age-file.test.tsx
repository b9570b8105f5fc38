import { Decrypter } from 'age-encryption'
import { expect, test } from 'vitest'
import { encryptWithPassphrase } from './age-file.ts'

const text = 'tunnel,key\r\nparis-b,canary-Ω\r\n'

test('a file opens with its passphrase, holds all of the text, and shows nothing of it', async () => {
  const file = new Uint8Array(await (await encryptWithPassphrase(text, 'five random words in a row')).arrayBuffer())
  const asText = new TextDecoder('latin1').decode(file)
  expect(asText).toMatch(/^age-encryption\.org\/v1\n-> scrypt /)
  expect(asText).not.toContain('paris')
  const decrypter = new Decrypter()
  decrypter.addPassphrase('five random words in a row')
  expect(await decrypter.decrypt(file, 'text')).toBe(text)
})

test('another passphrase opens nothing', async () => {
  const file = new Uint8Array(await (await encryptWithPassphrase(text, 'five random words in a row')).arrayBuffer())
  const decrypter = new Decrypter()
  decrypter.addPassphrase('five random words in a rox')
  await expect(decrypter.decrypt(file, 'text')).rejects.toThrow()
})
