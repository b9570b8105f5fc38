import { expect, test } from 'vitest'
import { findLeaks } from './leaks.ts'

const value = 'q7_Zk-3fWm0xTn9LrBv2YhPd'
const secrets = [{ name: 'a key', value }]
const hidden = (text: string) => findLeaks('somewhere', text, secrets)
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['as it is', `x${value}y`],
  ['cut off at its end', `…${value.slice(0, 18)}`],
  ['cut off at its beginning', value.slice(-18)],
  ['hex', Buffer.from(value).toString('hex').toUpperCase()],
  ['base64', base64(value)],
  ['base64 after one byte', base64(`u${value}`)],
  ['base64 within a pair', base64(`user:${value}@host`)],
  ['base64 after two bytes', base64(`ab${value}cd`)],
  ['base64url', Buffer.from(`user:${value}`).toString('base64url')],
  ['every byte escaped for a URL', Buffer.from(value).toString('hex').replace(/../g, '%$&')],
])('a secret is found %s', (_form, text) => {
  expect(hidden(`{"message":"${text}"}`)).toMatchObject([{ place: 'somewhere', secret: 'a key' }])
})

test('a hash of a secret, or a few of its characters, are no leak', () => {
  expect(hidden(`sha256 a3f1 ${value.slice(0, 12)} ${value.slice(-12)}`)).toEqual([])
})
