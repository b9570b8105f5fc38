import type { KeyResult } from '@tunnel-console/shared/api'
import { useState } from 'react'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { type Answer, type Answers, fakeBff, offline, press, problem, show } from '../../../test/bff.tsx'
import { dropNote, keyNotes } from '../rotation/key-notes.ts'
import { branch, list, statuses } from '../test/world.ts'
import { chooseForRotation } from './chosen-ids.ts'
import { RotateKeys } from './rotate-keys.tsx'

const idOf = (digit: string) => digit.repeat(32)
const tunnels = ['paris-a', 'paris-b', 'oslo-a'].map((name, index) => ({
  ...branch,
  id: idOf(String(index + 1)),
  name,
}))
const [first = '', second = '', third = ''] = tunnels.map(({ id }) => id)
const pskOf = (id: string) => `Canary-of-${id.slice(0, 1)}-that-must-not-stay`
const set = (id: string): KeyResult => ({ id, outcome: 'applied', psk: pskOf(id), ipsec_id: `${id}.ipsec.example` })

beforeEach(async () => {
  await page.viewport(1280, 800)
  chooseForRotation([])
  for (const { tunnelId } of keyNotes.get()) dropNote(tunnelId)
})

function Page() {
  const [step, setStep] = useState<'choose' | 'confirm'>('choose')
  return <RotateKeys step={step} onStep={setStep} onDone={() => setStep('choose')} />
}

async function open(answer: () => Answer | Promise<Answer>, more: Answers = {}) {
  const sent = fakeBff({
    'GET /api/tunnels': () => list(...tunnels),
    'GET /api/status': () => statuses({ [first]: 'up', [second]: 'up', [third]: 'up' }),
    'POST /api/tunnels/psk?validate_only=true': () => ({ body: { results: [] } }),
    'POST /api/tunnels/psk': answer,
    ...more,
  })
  const client = await show(<Page />)
  return { client, sent, sets: () => sent.filter(({ what }) => what === 'POST /api/tunnels/psk') }
}

const choose = async (...names: string[]) => {
  for (const name of names) {
    const box = page.getByRole('checkbox', { name: `Choose ${name}` })
    await expect.element(box).toBeVisible()
    ;(box.element() as HTMLElement).click()
  }
  await press(names.length === 1 ? 'Go on with 1 tunnel' : `Go on with ${names.length} tunnels`)
}

const number = page.getByLabelText('Type the number of tunnels to confirm')
const stored = page.getByRole('checkbox', { name: 'I have stored these keys' })

async function rotate(...names: string[]) {
  await choose(...names)
  await number.fill(String(names.length))
  await expect.element(page.getByText(/^Cloudflare accepts/)).toBeVisible()
  await press(names.length === 1 ? 'Generate 1 key' : `Generate ${names.length} keys`)
}

test('S19 S21 keys for many are masked, shown one by one, kept nowhere, and gone after Done', async () => {
  const { client, sets } = await open(() => ({ body: { results: [set(first), set(third)] } }))
  await rotate('paris-a', 'oslo-a')
  await expect.element(stored).toBeVisible()
  expect(sets().map(({ body }) => body)).toEqual([{ tunnels: [{ id: first }, { id: third }] }])
  for (const id of [first, third]) expect(document.documentElement.outerHTML).not.toContain(pskOf(id))
  await press('Show the key of paris-a')
  expect(document.querySelector('table code')?.textContent).toBe(pskOf(first))
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Show the key of paris-a')
  expect(document.body.textContent).not.toContain(pskOf(third))
  // Whatever else is drawn anew, what is shown stays shown.
  const shown = document.querySelector('table code')
  await page.getByLabelText('Passphrase', { exact: true }).fill('x')
  await press('Download')
  ;(stored.element() as HTMLElement).click()
  ;(stored.element() as HTMLElement).click()
  expect(document.querySelector('table code')).toBe(shown)
  await press('Done')
  await expect.element(stored).toBeVisible()
  ;(stored.element() as HTMLElement).click()
  await press('Done')
  await expect.element(page.getByRole('heading', { name: 'On their way to the devices' })).toBeVisible()
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  const kept = [caches, { ...localStorage }, { ...sessionStorage }, history.state, document.title, location.href]
  const all = `${JSON.stringify(kept)} ${document.documentElement.outerHTML}`
  for (const id of [first, third]) expect(all).not.toContain(pskOf(id))
})

test('S20 a page that is left comes back without any of the keys', async () => {
  await open(() => ({ body: { results: [set(first), set(third)] } }))
  await rotate('paris-a', 'oslo-a')
  await press('Show the key of paris-a')
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  expect(document.body.textContent).not.toContain(pskOf(first))
  await expect.element(page.getByText(/^Hidden for safety/)).toBeVisible()
  await expect.element(page.getByText('hidden for safety', { exact: true }).first()).toBeVisible()
})

test('it says which sites have nothing else, and asks for the number', async () => {
  const { sets } = await open(() => ({ body: { results: [] } }))
  await choose('paris-a', 'oslo-a')
  await expect.element(page.getByText(/^One site has no other healthy tunnel meanwhile: oslo\./)).toBeVisible()
  await number.fill('3')
  await press('Generate 2 keys')
  await expect.element(page.getByText('Type the number first')).toBeVisible()
  expect(sets()).toHaveLength(0)
})

test('U22 each tunnel has its own end: only what was applied shows a key, and Cloudflare’s reason stands beside the rest', async () => {
  const refusal = problem('rejected', { upstream: [{ code: 9, message: 'tunnel is locked' }] })
    .body as KeyResult['problem']
  const results = [set(first), { id: second, outcome: 'rejected', problem: refusal }, { id: third, outcome: 'unknown' }]
  await open(() => ({ body: { results } }))
  await rotate('paris-a', 'paris-b', 'oslo-a')
  await expect.element(page.getByText('1 new key in force, 1 refused, 1 unknown')).toBeVisible()
  await expect.element(page.getByText(/^tunnel is locked The former key stays\.$/)).toBeVisible()
  await expect.element(page.getByText(/^It may have a new key, which nobody has/)).toBeVisible()
  expect(document.querySelectorAll('button[aria-label^="Show the key of"]')).toHaveLength(1)
})

test('U19 an unknown row is set again by itself, under another key, and the others stay', async () => {
  const answers = [[set(first), { id: third, outcome: 'unknown' }], [{ ...set(third), psk: 'second-Canary' }]]
  const { sets } = await open(() => ({ body: { results: answers.shift() } }))
  await rotate('paris-a', 'oslo-a')
  await press('Set the key of oslo-a again')
  await expect.element(page.getByText('2 new keys in force')).toBeVisible()
  expect(sets().map(({ body }) => body)).toEqual([
    { tunnels: [{ id: first }, { id: third }] },
    { tunnels: [{ id: third }] },
  ])
  const [one, two] = sets().map(({ headers }) => headers.get('idempotency-key'))
  expect(two).not.toBe(one)
  await press('Show the key of paris-a')
  expect(document.querySelector('table code')?.textContent).toBe(pskOf(first))
})

test('a lost answer makes all of them unknown, and nothing is repeated by itself', async () => {
  const { sets } = await open(() => offline())
  await rotate('paris-a', 'oslo-a')
  await expect.element(page.getByText('0 new keys in force, 2 unknown')).toBeVisible()
  await expect.element(page.getByText(/there is none to store/)).toBeVisible()
  await expect.element(page.getByText(/only time you can see these keys/)).not.toBeInTheDocument()
  expect(sets()).toHaveLength(1)
  await press('Set 2 again')
  await expect.poll(() => sets().length).toBe(2)
})

test('a request that certainly did nothing is told, and what was typed stays', async () => {
  await open(() => problem('rate-limited', { detail: 'A fifth is kept for everybody else.' }))
  await choose('paris-a', 'oslo-a')
  await page.getByLabelText('Reason').fill('CHG-1')
  await number.fill('2')
  await expect.element(page.getByText(/^Cloudflare accepts/)).toBeVisible()
  await press('Generate 2 keys')
  await expect.element(page.getByText('A fifth is kept for everybody else.')).toBeVisible()
  await expect.element(page.getByLabelText('Reason')).toHaveValue('CHG-1')
  await expect.element(number).toHaveValue('2')
})

test('none and too many are stopped with a clear word, and the choice outlives a filter', async () => {
  const many = Array.from({ length: 101 }, (_, n) => ({ ...branch, id: String(n).padStart(32, 'a'), name: `t-${n}` }))
  await open(() => ({ body: { results: [] } }), { 'GET /api/tunnels': () => list(...tunnels, ...many) })
  await expect.element(page.getByText('Choose at least one tunnel')).toBeVisible()
  ;(page.getByRole('checkbox', { name: 'Choose paris-a' }).element() as HTMLElement).click()
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('t-')
  ;(page.getByRole('checkbox', { name: 'Select all 101' }).element() as HTMLElement).click()
  await expect.element(page.getByText('102 of 104 tunnels chosen, 1 of them not shown')).toBeVisible()
  await expect.element(page.getByText('Choose at most 100 tunnels at a time; these are 102')).toBeVisible()
})

test('a tunnel that was deleted meanwhile is left out, with a word', async () => {
  chooseForRotation([first, idOf('f')])
  const { sets } = await open(() => ({ body: { results: [set(first)] } }))
  await press('Go on with 1 tunnel')
  chooseForRotation([first, idOf('f')])
  await expect.element(page.getByText(/^One of the chosen tunnels no longer exists and is left out\.$/)).toBeVisible()
  await number.fill('1')
  await press('Generate 1 key')
  await expect.element(stored).toBeVisible()
  expect(sets().map(({ body }) => body)).toEqual([{ tunnels: [{ id: first }] }])
})

test('S22 a passphrase of one letter locks nothing and is told so; it stays typed', async () => {
  await open(() => ({ body: { results: [set(first)] } }))
  await rotate('paris-a')
  const passphrase = page.getByLabelText('Passphrase', { exact: true })
  await expect.element(passphrase).toHaveAttribute('autocomplete', 'off')
  await passphrase.fill('a')
  await press('Download')
  await expect.element(passphrase).toHaveAccessibleDescription(/^Too short: it takes 4 bits to write down/)
  await expect.element(passphrase).toHaveValue('a')
})

test('S21 setting a key again is a sign of life: what is shown stays for ten minutes more', async () => {
  const answers = [[set(first), { id: third, outcome: 'unknown' }], [set(third)]]
  await open(() => ({ body: { results: answers.shift() } }))
  await rotate('paris-a', 'oslo-a')
  await expect.element(stored).toBeVisible()
  const late = Date.now() + 9.5 * 60_000
  const clock = vi.spyOn(Date, 'now').mockReturnValue(late)
  onTestFinished(() => clock.mockRestore())
  const look = () => document.dispatchEvent(new Event('visibilitychange'))
  look()
  await expect.element(page.getByText(/^The keys are hidden/)).toBeVisible()
  await press('Set the key of oslo-a again')
  await expect.element(page.getByText('2 new keys in force')).toBeVisible()
  clock.mockReturnValue(late + 60_000)
  look()
  await expect.element(page.getByText(/^The keys are hidden/)).not.toBeInTheDocument()
  await press('Show the key of paris-a')
  expect(document.querySelector('table code')?.textContent).toBe(pskOf(first))
})

const refusedDry = problem('rejected', { upstream: [{ code: 9, message: 'tunnel is locked' }] }).body
const unaskedDry = problem('upstream-unavailable', { detail: 'Cloudflare cannot be reached.' }).body

test.each([
  [[], 'Cloudflare accepts new keys for all of them. Nothing has been changed.'],
  [['rejected'], 'Cloudflare accepts new keys for 1 of 2 tunnels. Nothing has been changed.'],
  [['rejected', 'rejected'], 'Cloudflare accepts new keys for none of them. Nothing has been changed.'],
  [['unknown', 'unknown'], 'The dry run could not be made. Cloudflare cannot be reached.'],
])('a dry run of two keys that ends with %j says so in words that hold', async (ends, words) => {
  const results = ends.map((outcome, index) => ({
    id: tunnels[index]?.id,
    outcome,
    problem: outcome === 'rejected' ? refusedDry : unaskedDry,
  }))
  await open(() => ({ body: { results: [] } }), {
    'POST /api/tunnels/psk?validate_only=true': () => ({ body: { results } }),
  })
  await choose('paris-a', 'paris-b')
  await expect.element(page.getByText(words)).toBeVisible()
})
