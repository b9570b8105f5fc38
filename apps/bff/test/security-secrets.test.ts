import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { roles } from '@tunnel-console/shared/access'
import { expect, test } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { createScrub } from '../src/cloudflare/scrub.ts'
import { Secret } from '../src/secret.ts'
import { etagOf, formsOf, idOf, leaksOf, pathFor, seenIn, stranger, walkOrder } from './security-world.ts'
import { apiToken, type Person, startWorld, type World } from './world.ts'

/** Everything in a folder, as text in which every byte stands for itself. */
const bytesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

const echoes = formsOf(apiToken).flatMap((form) => [form, `Bearer ${form}`])

/** Answers in which Cloudflare, or something between, gives our own token back. */
const hostileAnswers = [
  { contentType: 'text/html', body: `<h1>403</h1><pre>authorization: Bearer ${apiToken}</pre>` },
  { contentType: 'text/plain', body: `authorization: Bearer ${apiToken}` },
  { contentType: 'application/json', body: `{"authorization": "Bearer ${apiToken}"` },
  {
    contentType: 'application/json',
    body: JSON.stringify({
      success: false,
      result: { token: apiToken },
      messages: [{ code: 1, message: apiToken }],
      errors: echoes.map((echo) => ({
        code: 1000,
        message: `Invalid request: {"headers":{"authorization":"${echo}"}}`,
        documentation_url: `https://developers.cloudflare.com/?token=${echo}`,
        source: { pointer: `/ipsec_tunnels/0/${echo}` },
        error_chain: [{ code: 1, message: echo }],
        [echo]: echo,
      })),
    }),
  },
]

const statuses = [200, 400, 401, 403, 404, 429, 500]

function walk(world: World, person: Person, etag: string): Promise<string[]> {
  const rows = walkOrder.filter(({ path: route }) => !/sign-out|sandbox/.test(route))
  return Promise.all(
    rows.map(async ({ method, path: route, body }) => {
      // A dry run asks the same, and does not wait two seconds to look twice when the fate of a write is open.
      const query = /^\/api\/tunnels/.test(route) && method !== 'GET' ? '?validate_only=true' : ''
      const sent = method === 'GET' ? undefined : body
      return seenIn(await person.send(method, pathFor(route, idOf(world)) + query, sent, { 'if-match': etag }))
    }),
  )
}

test('S13 the API token comes out nowhere, even when Cloudflare echoes it', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'token-'))
  const { db, close } = await openDatabase(path.join(folder, 'console.db'))
  let elapsed = 0
  const world = await startWorld({ deps: { db, pollSeconds: 0, monotonic: () => elapsed } })
  const admin = await world.as('admin')
  const etag = await etagOf(admin, idOf(world))
  const people = [...(await Promise.all(roles.map((role) => world.as(role)))), stranger(world)]
  const seen = await walk(world, admin, etag)
  for (const [index, { contentType, body }] of hostileAnswers.entries()) {
    // Every status once, and more of them with the answer that hides the token in most places.
    const step = index === hostileAnswers.length - 1 ? 2 : 4
    for (const status of statuses.filter((_status, place) => place % step === index % step)) {
      const headers = { 'content-type': contentType, 'x-echo': apiToken, 'cf-ray': apiToken, 'retry-after': apiToken }
      // Over every pause that the answers before have caused, or nothing would be asked any more.
      elapsed += 3600_000
      world.sandbox.faults.next({ kind: 'status', status, body, headers }, { times: 1000 })
      seen.push(...(await Promise.all(people.map((person) => walk(world, person, etag)))).flat())
      world.sandbox.faults.clear()
    }
  }
  expect(seen.length).toBeGreaterThan(700)
  expect(leaksOf(apiToken, seen.join('\n'))).toEqual([])
  expect(leaksOf(apiToken, JSON.stringify(world.logs))).toEqual([])
  expect(leaksOf(apiToken, bytesIn(folder))).toEqual([])
  close()
  expect(leaksOf(apiToken, bytesIn(folder))).toEqual([])
  // The echoes did arrive: what is looked for in vain would have been found in them.
  expect(leaksOf(apiToken, hostileAnswers.map(({ body }) => body).join())).toEqual(formsOf(apiToken))
  expect(seen.join()).toContain('[redacted]')
}, 120_000)

test('S13 a token that a failing fetch carries in its error comes out nowhere', async () => {
  const error = Object.assign(new TypeError(`fetch failed for Bearer ${apiToken}`), {
    cause: { headers: { authorization: `Bearer ${apiToken}` } },
  })
  const world = await startWorld()
  const admin = await world.as('admin')
  world.deps.upstream.fetch = () => Promise.reject(error)
  const answers = [await admin.get('/api/tunnels'), await admin.get(`/api/tunnels/${idOf(world)}`)]
  const seen = await Promise.all(answers.map(seenIn))
  expect(answers.map(({ status }) => status)).toEqual([503, 503])
  expect(leaksOf(apiToken, seen.join() + JSON.stringify(world.logs))).toEqual([])
})

const nasty = 'to"k\\en%/+=with<all>that&hurts'

test.each(formsOf(nasty))('S14 the form %s of a token is taken out of a message', (form) => {
  const scrub = createScrub([new Secret(nasty)])
  expect(leaksOf(nasty, scrub(`user:${form} was refused`))).toEqual([])
  expect(leaksOf(nasty, scrub(form.toUpperCase()))).toEqual([])
})

test('S14 any other bearer token or basic password goes too', () => {
  const scrub = createScrub([])
  expect(scrub('authorization: Bearer abc.def, BASIC dXNlcjpw; bearer x')).toBe(
    'authorization: Bearer [redacted], BASIC [redacted]; bearer [redacted]',
  )
})

test('S14 Cloudflare’s errors are rebuilt from known parts and cut to a length that a person can read', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const one = {
    code: 1,
    message: 'x'.repeat(5000),
    headers: 'canary',
    request: 'canary',
    cause: 'canary',
    stack: 'canary',
  }
  const errors = Array.from({ length: 500 }, () => ({ ...one, documentation_url: `https://x/${'y'.repeat(1000)}` }))
  const body = { success: false, errors, result: { canary: 1 }, messages: ['canary'] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body })
  const text = await (await admin.get(`/api/tunnels/${idOf(world)}`)).text()
  expect(text).not.toContain('canary')
  expect(JSON.parse(text).upstream).toEqual(Array.from({ length: 50 }, () => ({ code: 1, message: 'x'.repeat(400) })))
})

test('S14 S66 line breaks, ANSI and turned writing are taken out of Cloudflare’s words', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const message = 'no\r\n{"level":"info","event":"forged"}\u001b[31m\u0000\u2028\u202egpj'
  const errors = [{ code: 1, message, source: { pointer: '/name\r\n\u001b[2J' } }]
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors } }, { method: 'POST' })
  const answer = await admin.send('POST', '/api/tunnels?validate_only=true', {
    name: 'oslo',
    cloudflare_endpoint: '162.159.135.10',
    interface_address: '10.99.1.0/31',
  })
  const said = (await answer.json()) as { upstream: { message: string }[]; errors: { pointer: string }[] }
  const audit = await (await admin.get('/api/audit?outcome=rejected')).text()
  const words = [said.upstream[0]?.message, said.errors[0]?.pointer, audit].join('')
  expect(said.upstream[0]?.message).toBe('no {"level":"info","event":"forged"} [31m gpj')
  expect(words).not.toMatch(/[\p{Cc}\u2028\u202e]|\\u00|\\r|\\n/u)
})

test('S15 a secret shows itself in none of the ways in which things are printed by accident', () => {
  const secret = new Secret('canary')
  const printed = [
    String(secret),
    `${secret}`,
    `${'a'}${secret as unknown as string}`,
    secret.toString(),
    JSON.stringify({ secret, list: [secret] }),
    inspect(secret, { depth: 9, showHidden: true, getters: true }),
    inspect({ deep: { secret } }, { customInspect: false, showHidden: true }),
    inspect(new Map([[secret, secret]])),
    JSON.stringify(structuredClone({ secret })),
    JSON.stringify({ ...secret }),
    JSON.stringify(Object.getOwnPropertyDescriptors(secret)),
    Object.entries(secret).join(),
    [secret, secret].join(),
    new URLSearchParams({ secret: String(secret) }).toString(),
    inspect(new Error(`failed: ${secret}`, { cause: secret })),
  ]
  expect(printed.filter((text) => text.includes('canary'))).toEqual([])
  expect(secret.reveal()).toBe('canary')
})

test('S15 only the files that the docstring names reveal a secret', () => {
  const root = path.join(import.meta.dirname, '..')
  const sources = ['src', 'node', 'worker'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
  )
  const revealing = sources.filter((name) => /\breveal\b/.test(readFileSync(path.join(root, name), 'utf8')))
  const named = readFileSync(path.join(root, 'src/secret.ts'), 'utf8').match(/`([\w/-]+\.ts)`/g) ?? []
  const allowed = named.map((name) => `src/${name.replaceAll('`', '')}`)
  expect(revealing.toSorted()).toEqual([...allowed, 'src/secret.ts'].toSorted())
  expect(allowed).toHaveLength(4)
})
