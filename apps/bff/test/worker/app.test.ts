import { beforeAll, expect, test, vi } from 'vitest'
import { createApp } from '../../src/app.ts'
import { createServices } from '../../src/services.ts'
import { ensureFirstAdmin } from '../../src/session/first-admin.ts'
import { bindings, migrate, ours, publicUrl, signIn, startApp } from './start.ts'

beforeAll(migrate)

test('the same app signs in, lists, creates, changes and deletes on workerd with D1', async () => {
  const { send } = startApp()
  const cookie = await signIn(send, 'admin')
  const list = (await (await send('/api/tunnels', { headers: { cookie } })).json()) as { tunnels: unknown[] }
  expect(list.tunnels.length).toBeGreaterThan(30)

  const body = JSON.stringify({
    name: 'worker-a',
    cloudflare_endpoint: '162.159.135.10',
    interface_address: '10.99.1.0/31',
  })
  const created = await send('/api/tunnels', { method: 'POST', headers: { ...ours, cookie }, body })
  expect(created.status).toBe(201)
  const { tunnel, version } = (await created.json()) as { tunnel: { id: string }; version: string }

  const changed = await send(`/api/tunnels/${tunnel.id}`, {
    method: 'PUT',
    headers: { ...ours, cookie, 'if-match': `"${version}"` },
    body: JSON.stringify({ description: 'changed on workerd' }),
  })
  expect(changed.status).toBe(200)
  const stale = await send(`/api/tunnels/${tunnel.id}`, {
    method: 'DELETE',
    headers: { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin', cookie, 'if-match': `"${version}"` },
  })
  expect(stale.status).toBe(412)

  const audit = (await (await send('/api/audit', { headers: { cookie } })).json()) as { entries: { outcome: string }[] }
  expect(audit.entries.map(({ outcome }) => outcome)).toEqual(['conflict', 'applied', 'applied', 'applied'])
})

test('two parallel changes of one version on D1: one wins, the other is told', async () => {
  const { send } = startApp()
  const cookie = await signIn(send, 'operator')
  const { tunnels } = (await (await send('/api/tunnels', { headers: { cookie } })).json()) as {
    tunnels: { id: string }[]
  }
  const path = `/api/tunnels/${tunnels[0]?.id}`
  const { version } = (await (await send(path, { headers: { cookie } })).json()) as { version: string }
  const put = (description: string) =>
    send(path, {
      method: 'PUT',
      headers: { ...ours, cookie, 'if-match': `"${version}"` },
      body: JSON.stringify({ description }),
    })
  const answers = await Promise.all([put('one'), put('two')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
})

test('support is refused on workerd as on Node, and the refusal is recorded', async () => {
  const { send, sandbox } = startApp()
  const cookie = await signIn(send, 'support')
  const answer = await send('/api/tunnels', { method: 'POST', headers: { ...ours, cookie }, body: '{}' })
  expect(answer.status).toBe(403)
  expect(sandbox.ledger).toEqual([])
})

test('a password opens a session on workerd, and only its hash is in D1', async () => {
  const { send, deps, services } = startApp()
  const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' }
  await ensureFirstAdmin(deps, services.auth, credentials)
  const signInWith = (body: object) =>
    send('/api/auth/sign-in/email', { method: 'POST', headers: ours, body: JSON.stringify(body) })
  expect((await signInWith({ ...credentials, password: 'wrong horse battery staple' })).status).toBe(401)

  const cookie = (await signInWith(credentials)).headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await send('/api/session', { headers: { cookie } })).status).toBe(200)
  const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0]
  const { results } = await bindings.DB.prepare('SELECT token FROM session').all<{ token: string }>()
  expect(results.map((row) => row.token)).not.toContain(token)
})

test('S48 on workerd and D1 somebody is invited, joins once, and the last administrator stays', async () => {
  const { send, deps, services } = startApp()
  deps.mode = 'live'
  delete deps.sandbox
  const owner = { email: 'olga@example.com', password: 'seven green llamas on a train' }
  await deps.db.run("DELETE FROM user WHERE id NOT LIKE 'sandbox-%'")
  await deps.db.run("DELETE FROM user_role WHERE user_id NOT LIKE 'sandbox-%'")
  await ensureFirstAdmin(deps, services.auth, owner)
  const call = (method: string, path: string, json?: object, cookie = '') =>
    send(path, { method, headers: { ...ours, cookie }, ...(json && { body: JSON.stringify(json) }) })
  const signedIn = async (credentials: object) => {
    const answer = await call('POST', '/api/auth/sign-in/email', credentials)
    return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const cookie = await signedIn(owner)
  const person = { email: 'sue@example.com', name: 'Sue', role: 'admin' }
  const invited = await call('POST', '/api/users', person, cookie)
  const { user, inviteUrl } = (await invited.json()) as { user: { id: string }; inviteUrl: string }
  const token = new URL(inviteUrl).searchParams.get('token')
  const password = 'eleven purple boats at noon'
  const weak = await call('POST', '/api/invite', { token, password: 'Welcome123456789' })
  expect([invited.status, weak.status]).toEqual([201, 422])
  const used = await Promise.all([1, 2].map(() => call('POST', '/api/invite', { token, password })))
  expect(used.map(({ status }) => status).toSorted()).toEqual([200, 410])
  const sue = await signedIn({ email: person.email, password })

  const { users } = (await (await call('GET', '/api/users', undefined, cookie)).json()) as { users: { id: string }[] }
  const olga = users.find(({ id }) => id !== user.id)?.id
  const demoted = await Promise.all([
    call('PATCH', `/api/users/${user.id}`, { role: 'support' }, cookie),
    call('PATCH', `/api/users/${olga}`, { role: 'support' }, sue),
  ])
  expect(demoted.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const { results } = await bindings.DB.prepare('SELECT token_hash FROM user_link').all()
  expect(results).toEqual([])
  const found = await services.owner.audit.list({ text: 'SUE@', from: '2020-01-01', validate_only: 'false', limit: 9 })
  expect(found.entries.map(({ action }) => action)).toContain('user.join')
})

test('a job of more rows than one statement takes is stored in D1 and carried out', async () => {
  const { send, sandbox } = startApp()
  const cookie = await signIn(send, 'admin')
  const ids = sandbox
    .state()
    .tunnels.slice(-12)
    .map(({ id }) => id)
  const tunnels = await Promise.all(
    ids.map(async (id) => {
      const answer = await send(`/api/tunnels/${id}`, { headers: { cookie } })
      return { id, version: ((await answer.json()) as { version: string }).version, description: 'by a job on workerd' }
    }),
  )
  const body = JSON.stringify({ batchSize: 12, tunnels })
  const made = await send('/api/jobs', { method: 'POST', headers: { ...ours, cookie }, body })
  const { job } = (await made.json()) as { job: { id: string } }
  await vi.waitFor(
    async () => {
      const answer = await send(`/api/jobs/${job.id}`, { headers: { cookie } })
      expect(await answer.json()).toMatchObject({ job: { state: 'done', counts: { done: 12 } } })
    },
    { timeout: 15_000, interval: 200 },
  )
})

test('a change that undoes itself on workerd and D1: armed, counted, kept or undone at a word, and its versions', async () => {
  const { send, services } = startApp()
  const cookie = await signIn(send, 'operator')
  const get = async <T>(path: string) => (await (await send(path, { headers: { cookie } })).json()) as T
  const { tunnels } = await get<{ tunnels: { id: string; name: string }[] }>('/api/tunnels')
  const path = `/api/tunnels/${tunnels.find(({ name }) => name === 'fra-dc1-a')?.id}`
  const described = async () => (await get<{ tunnel: { description: string } }>(path)).tunnel.description
  const change = async (description: string) => {
    const { version } = await get<{ version: string }>(path)
    const headers = { ...ours, cookie, 'if-match': `"${version}"` }
    return send(`${path}?undo_minutes=10`, { method: 'PUT', headers, body: JSON.stringify({ description }) })
  }
  const choose = async (word: 'keep' | 'undo') => {
    const { undos } = await get<{ undos: { group: string; state: string }[] }>('/api/undos')
    const group = undos.find(({ state }) => state === 'counting')?.group
    const headers = { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin', cookie }
    return send(`/api/undos/${group}/${word}`, { method: 'POST', headers })
  }
  expect([(await change('kept')).status, (await choose('keep')).status]).toEqual([200, 200])
  expect([(await change('taken back')).status, (await choose('undo')).status]).toEqual([200, 200])
  await services.owner.idle()
  const { undos } = await get<{ undos: { state: string }[] }>('/api/undos')
  expect([await described(), undos.map(({ state }) => state).toSorted()]).toEqual(['kept', ['kept', 'undone']])
  const { versions } = await get<{ versions: { by: string }[] }>(`${path}/versions`)
  expect(versions.map(({ by }) => by)).toEqual(['this console', ...Array(2).fill('operator@sandbox.example.com')])
})

test('on workerd and D1 two isolates that approve the same at once carry it out once', async () => {
  const { send, deps, sandbox } = startApp()
  const elsewhere = createApp(deps, createServices(deps))
  const [operator, admin] = [await signIn(send, 'operator'), await signIn(send, 'admin')]
  const call = (method: string, path: string, cookie: string, json?: object) =>
    send(path, { method, headers: { ...ours, cookie }, ...(json && { body: JSON.stringify(json) }) })
  await call('PATCH', '/api/settings', admin, { secondPerson: 'high-risk' })
  const [tunnel] = sandbox.state().tunnels
  const path = `/api/tunnels/${tunnel?.id}`
  const { version } = (await (await call('GET', path, operator)).json()) as { version: string }
  const wish = { tunnelId: tunnel?.id, version, patch: { customer_endpoint: '203.0.113.77' } }
  const asked = await Promise.all([1, 2].map(() => call('POST', '/api/approvals', operator, wish)))
  const ids = await Promise.all(
    asked.map(async (answer) => ((await answer.json()) as { approval: { id: string } }).approval.id),
  )
  expect(new Set(ids).size).toBe(1)
  const request = () =>
    new Request(new URL(`/api/approvals/${ids[0]}/approve`, publicUrl), {
      method: 'POST',
      headers: { ...ours, cookie: admin },
      body: '{}',
    })
  const answers = await Promise.all([
    call('POST', `/api/approvals/${ids[0]}/approve`, admin, {}),
    elsewhere.fetch(request()),
  ])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(sandbox.ledger.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  await call('PATCH', '/api/settings', admin, { secondPerson: 'nobody' })
})
