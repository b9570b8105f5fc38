import { outsideActor } from '@tunnel-console/shared/audit'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answer, fakeBff, press, problem, type Sent, sessionOf, show } from '../../../test/bff.tsx'
import { branch, list, statuses } from '../test/world.ts'
import { EditTunnel } from './edit-tunnel.tsx'

const reads = {
  'GET /api/tunnels': () => list(branch),
  'GET /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v1', unknownFields: [] } }),
}
const accepted = {
  'PUT /api/tunnels/:id?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
}

async function edit(answers: Record<string, (sent: Sent) => Answer | Promise<Answer>>) {
  const sent = fakeBff({ ...reads, ...accepted, ...answers })
  const saved: string[] = []
  const client = await show(
    <EditTunnel
      tunnel={branch}
      version="v1"
      unknownFields={[]}
      onSaved={({ name }) => saved.push(name)}
      onScheduled={() => undefined}
      onCancel={() => undefined}
      onCreateAgain={() => undefined}
    />,
  )
  return { client, saved, puts: () => sent.filter(({ what }) => what === 'PUT /api/tunnels/:id') }
}

const type = (text: string) => page.getByLabelText('Description').fill(text)
const toReview = async () => {
  await press('Review changes')
  await expect.element(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
}

test('Cloudflare’s error stands at its field, under its name', async () => {
  const errors = [{ pointer: '/description', detail: 'No such word', source: 'cloudflare' as const }]
  await edit({
    'PUT /api/tunnels/:id?validate_only=true': () =>
      problem('rejected', { errors, upstream: [{ code: 1022, message: 'No such word' }] }),
  })
  await type('A note')
  await press('Validate')
  await expect.element(page.getByLabelText('Description')).toHaveAccessibleDescription(/No such word · Cloudflare/)
  await expect.element(page.getByRole('region', { name: 'There is a problem' })).toHaveFocus()
  await expect.element(page.getByText('1 problem', { exact: true }).last()).toBeVisible()
})

test('a second press sends nothing more, with the version that was seen and only what changed', async () => {
  const { saved, puts } = await edit({
    'PUT /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v2', unknownFields: [] } }),
  })
  await type('A note')
  await toReview()
  const apply = page.getByRole('button', { name: 'Apply 1 change' }).element() as HTMLElement
  apply.click()
  apply.click()
  await expect.poll(() => saved).toEqual(['branch-07'])
  expect(puts()).toHaveLength(1)
  expect(puts()[0]?.body).toEqual({ description: 'A note' })
  expect(puts()[0]?.headers.get('if-match')).toBe('"v1"')
})

test('typed values survive a failed apply, and nothing is said to be changed', async () => {
  await edit({ 'PUT /api/tunnels/:id': () => problem('not-applied', { detail: 'The connection broke.' }) })
  await type('A note')
  await toReview()
  await press('Apply 1 change')
  await expect.element(page.getByText(/^Nothing was changed/)).toBeVisible()
  await press('Back')
  await expect.element(page.getByLabelText('Description')).toHaveValue('A note')
})

test('when the session ends, the same request can be sent again with the same key', async () => {
  const answers = [problem('unauthenticated'), { body: { tunnel: branch, version: 'v2', unknownFields: [] } }]
  const { saved, puts } = await edit({ 'PUT /api/tunnels/:id': () => answers.shift() ?? problem('internal') })
  await type('A note')
  await toReview()
  await press('Apply 1 change')
  await expect.poll(() => puts().length).toBe(1)
  await expect.element(page.getByRole('button', { name: 'Apply 1 change' })).not.toHaveAttribute('aria-busy')
  await press('Apply 1 change')
  await expect.poll(() => saved).toEqual(['branch-07'])
  const [first, second] = puts().map(({ headers }) => headers.get('idempotency-key'))
  expect(first).toBe(second)
})

test('a tunnel that was deleted elsewhere can be created again from what was typed', async () => {
  await edit({ 'PUT /api/tunnels/:id?validate_only=true': () => problem('not-found') })
  await type('A note')
  await press('Validate')
  await expect
    .element(page.getByRole('alertdialog', { name: 'This tunnel was deleted outside this page' }))
    .toBeVisible()
})

test('H10 a role that ends in mid-edit closes the buttons, says who can help, and leaves what was typed', async () => {
  const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const { client, puts } = await edit({})
  await type('A note')
  await toReview()
  client.setQueryData(['session'], sessionOf('support'))
  const need = 'Editing needs Operator. Ask: Ada Admin (ada@example.com).'
  await expect.element(page.getByRole('status').getByText(/^Editing needs Operator\. Ask: Ada Admin/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Apply 1 change' })).toHaveAccessibleDescription(need)
  await press('Apply 1 change')
  await press('Back')
  await expect.element(page.getByLabelText('Description')).toHaveValue('A note')
  await expect.element(page.getByRole('button', { name: 'Review changes' })).toHaveAccessibleDescription(need)
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await press('Copy my changes')
  await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(copy).toHaveBeenCalledWith('Description: not set → A note')
  expect(puts()).toEqual([])
  client.setQueryData(['session'], sessionOf('operator'))
  await expect.element(page.getByRole('button', { name: 'Review changes' })).not.toHaveAttribute('aria-disabled')
})

test('H10 a write that the role does not allow any more changes nothing and keeps what was typed', async () => {
  await edit({ 'PUT /api/tunnels/:id': () => problem('forbidden') })
  await type('A note')
  await toReview()
  await press('Apply 1 change')
  await expect.element(page.getByText('Nothing was changed. Your role does not allow this')).toBeVisible()
  await press('Back')
  await expect.element(page.getByLabelText('Description')).toHaveValue('A note')
})

test('a key does not answer a conflict that was put aside', async () => {
  const dryRuns: string[] = []
  await edit({
    'PUT /api/tunnels/:id?validate_only=true': ({ what }) => {
      dryRuns.push(what)
      return problem('conflict', { current: { ...branch, description: 'Theirs' }, version: 'v2' })
    },
  })
  await type('A note')
  await press('Validate')
  await expect.element(page.getByRole('button', { name: 'Use merged version' })).toBeVisible()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('button', { name: 'Merge', exact: true })).toBeVisible()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.element(page.getByRole('button', { name: 'Merge', exact: true })).toBeVisible()
  expect(dryRuns).toHaveLength(1)
})

test('what was typed while Cloudflare was asked is not reviewed unasked', async () => {
  let answer = (_: Answer) => {}
  await edit({
    'PUT /api/tunnels/:id?validate_only=true': () =>
      new Promise<Answer>((resolve) => {
        answer = resolve
      }),
  })
  await type('A note')
  await press('Review changes')
  await expect.element(page.getByText('Asking Cloudflare… nothing is saved')).toBeVisible()
  await type('Another note')
  answer({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } })
  await expect.element(page.getByText('Changed since validation')).toBeVisible()
  await expect.element(page.getByLabelText('Description')).toHaveValue('Another note')
})

test('a change of high risk says what is left of the site and asks why, and what was typed outlives a way back', async () => {
  const { saved, puts } = await edit({
    'GET /api/status': () => statuses({ [branch.id]: 'up' }),
    'PUT /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v2', unknownFields: [] } }),
  })
  await page.getByLabelText('Customer endpoint').fill('203.0.113.99')
  await toReview()
  await expect.element(page.getByText('This is the last healthy tunnel for branch-07')).toBeVisible()
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  const apply = page.getByRole('button', { name: 'Apply 1 change' })
  await expect.element(apply).not.toHaveAttribute('aria-disabled')
  await page.getByLabelText('Reason').fill('New line')
  await press('Back')
  await toReview()
  await expect.element(page.getByLabelText('Reason')).toHaveValue('New line')
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  await press('Apply 1 change')
  await expect.poll(() => saved).toEqual(['branch-07'])
  expect(puts()[0]?.headers.get('change-reason')).toBe('New%20line')
})

test('a change of low risk may have a reason, and needs none', async () => {
  const { saved, puts } = await edit({
    'PUT /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v2', unknownFields: [] } }),
  })
  await type('A note')
  await toReview()
  await expect.element(page.getByLabelText('Reason (optional)')).toBeVisible()
  await press('Apply 1 change')
  await expect.poll(() => saved).toEqual(['branch-07'])
  expect(puts()[0]?.headers.has('change-reason')).toBe(false)
})

/** The log of a tunnel: what stood in it when the form was opened, then with one more entry. */
function logOf(actor: { id: string; email: string; role: 'operator' | null }, action: string) {
  const entry = { action, outcome: 'applied', validateOnly: false, changes: [], turns: [] }
  const old = { ...entry, seq: 5, actor: { id: '1', email: 'old@example.com', role: 'operator' } }
  const pages = [[old], [{ ...entry, seq: 6, actor }, old]]
  return () => ({ body: { entries: pages.length > 1 ? pages.shift() : pages[0], nextCursor: null } })
}

test.each([
  [
    { id: '2', email: 'sam@example.com', role: 'operator' as const },
    'tunnel.update',
    'sam@example.com just saved a change here',
  ],
  [outsideActor, 'tunnel.changedOutside', 'This was just changed outside this console'],
])(
  'H1 the notice of a change by %j stands in the strip that is always seen, and says who',
  async (actor, action, words) => {
    const seen = { body: { tunnel: { ...branch, description: 'Theirs' }, version: 'v2', unknownFields: [] } }
    const held = Promise.withResolvers<Answer>()
    await edit({
      'GET /api/tunnels/:id': () => held.promise,
      [`GET /api/audit?target=${branch.id}&limit=20`]: logOf(actor, action),
    })
    await type('A note')
    held.resolve(seen)
    await expect.element(page.getByText(words)).toBeVisible()
    await expect.element(page.getByText('old@example.com')).not.toBeInTheDocument()
    const strip = (page.getByText(words).element() as HTMLElement).closest('[class*=fixed]')
    expect(strip?.textContent).toContain('Review changes')
    await press('See it')
    await expect.element(page.getByRole('button', { name: 'Use merged version' })).toBeVisible()
  },
)

test('H1 the notice stands in the review as well, and says who after the way back to the form', async () => {
  const held = Promise.withResolvers<Answer>()
  const sam = { id: '2', email: 'sam@example.com', role: 'operator' as const }
  const words = 'sam@example.com just saved a change here'
  await edit({
    'GET /api/tunnels/:id': () => held.promise,
    [`GET /api/audit?target=${branch.id}&limit=20`]: logOf(sam, 'tunnel.update'),
  })
  await type('A note')
  await toReview()
  held.resolve({ body: { tunnel: { ...branch, description: 'Theirs' }, version: 'v2', unknownFields: [] } })
  await expect.element(page.getByText(words)).toBeVisible()
  await press('Back')
  await expect.element(page.getByLabelText('Description')).toHaveValue('A note')
  await expect.element(page.getByText(words)).toBeVisible()
})

test.each([
  [
    { id: '2', email: 'sam@example.com', role: 'operator' as const },
    'tunnel.update',
    /sam@example\.com saved a change/,
  ],
  [outsideActor, 'tunnel.changedOutside', /It was changed outside this console\./],
])('H1 a conflict blames nobody until the log says who: %j', async (actor, action, words) => {
  const log = logOf(actor, action)
  const isRecorded = Promise.withResolvers<void>()
  let looks = 0
  await edit({
    [`GET /api/audit?target=${branch.id}&limit=20`]: async () => {
      if (looks++ > 0) await isRecorded.promise
      return log()
    },
    'PUT /api/tunnels/:id?validate_only=true': () =>
      problem('conflict', { current: { ...branch, description: 'Theirs' }, version: 'v2' }),
  })
  await type('A note')
  await press('Validate')
  const dialog = page.getByRole('dialog', { name: 'Someone else changed this tunnel' })
  await expect.element(dialog.getByText(/It changed after you opened it\./)).toBeVisible()
  await expect.element(page.getByText(/old@example\.com/)).not.toBeInTheDocument()
  isRecorded.resolve()
  await expect.element(dialog.getByText(words)).toBeVisible()
})

test('who else holds the new inside address stands at the form and on the review, until another one is typed', async () => {
  const warnings = ['sam@example.com holds it for another 3 minutes.']
  await edit({
    'PUT /api/tunnels/:id?validate_only=true': () => ({
      body: { valid: true, checkedAt: '2026-11-22T14:02:11Z', warnings },
    }),
  })
  const address = page.getByLabelText('Interface address', { exact: true })
  await address.fill('10.252.2.30/31')
  await press('Validate')
  await expect.element(page.getByText(warnings[0] ?? '')).toBeVisible()
  await toReview()
  await expect.element(page.getByText(warnings[0] ?? '')).toBeVisible()
  await press('Back')
  await address.fill('10.252.2.32/31')
  await expect.element(page.getByText('Changed since validation')).toBeVisible()
  await expect.element(page.getByText(warnings[0] ?? '')).not.toBeInTheDocument()
})
