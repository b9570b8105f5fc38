import { request } from 'node:http'
import { expect, test } from 'vitest'
import { newFolder, startedProgram } from './program.ts'
import { ours } from './world.ts'

const admin = { email: 'ada@example.com', password: 'a long enough password' }
const live = {
  CLOUDFLARE_API_TOKEN: 'a-token-of-the-tests',
  CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32),
  CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9/client/v4',
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
}

/** A sign-in whose body comes in pieces and without a length, from an address of this machine. */
function signInInChunks(url: string, localAddress: string, password: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...ours, 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const sent = request(`${url}/api/auth/sign-in/email`, { method: 'POST', headers, localAddress }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject)
    sent.write(JSON.stringify({ ...admin, password }).slice(0, 20))
    sent.end(JSON.stringify({ ...admin, password }).slice(20))
  })
}

test('S34 S62 a sign-in in chunks counts for the address that it comes from', async () => {
  const program = await startedProgram({ env: { DATA_DIR: newFolder(), ...live } })
  const attempt = (address: string, password = 'not the password at all') =>
    signInInChunks(program.url, address, password)
  const statuses: (number | undefined)[] = []
  for (let count = 0; count < 11; count++) statuses.push(await attempt('127.0.0.1'))
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  expect(await attempt('127.0.0.2')).toBe(401)
  expect(await attempt('127.0.0.2', admin.password)).toBe(200)
})
