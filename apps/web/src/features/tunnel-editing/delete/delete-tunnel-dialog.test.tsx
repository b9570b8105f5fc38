import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { createStore } from '../../../lib/store.ts'
import { type Answer, fakeBff, press, problem, type Sent, show } from '../../../test/bff.tsx'
import { branch, list, outcomes, statuses } from '../test/world.ts'
import { DeleteTunnelDialog } from './delete-tunnel-dialog.tsx'

const valid: Answer = { body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }
const remove = () => page.getByRole('button', { name: 'Delete tunnel' })

function later() {
  let give = (_: Answer) => {}
  const answer = new Promise<Answer>((resolve) => {
    give = resolve
  })
  return { answer, give }
}

const scheduled = createStore<string | null>(null)

function Page({ onDeleted }: { onDeleted: () => void }) {
  const [isHere, setIsHere] = useState(true)
  return (
    <>
      <button type="button" aria-label="Go elsewhere" onFocus={() => setIsHere(false)} id="elsewhere" />
      {isHere && (
        <DeleteTunnelDialog
          tunnel={branch}
          version="v1"
          open
          onOpenChange={() => undefined}
          onDeleted={onDeleted}
          onScheduled={(jobId) => scheduled.set(jobId)}
        />
      )}
    </>
  )
}

async function open(answers: Record<string, (sent: Sent) => Answer | Promise<Answer>>) {
  const sent = fakeBff({ 'GET /api/tunnels/:id/routes': () => ({ body: { routes: [] } }), ...answers })
  const left: string[] = []
  const client = await show(<Page onDeleted={() => left.push('left')} />)
  const body = { tunnels: [branch], fetchedAt: '', stale: false, unreadable: 0, doubted: null, failure: null }
  client.setQueryData(tunnelsQuery().queryKey, { body, etag: null, fetchedAt: '' })
  await page.getByLabelText('Reason').fill('The site is closed')
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  return { left, client, sent, deletes: () => sent.filter(({ what }) => what === 'DELETE /api/tunnels/:id') }
}

test('nothing is deleted before Cloudflare has answered the dry run', async () => {
  const { answer, give } = later()
  const { left, deletes } = await open({
    'DELETE /api/tunnels/:id?validate_only=true': () => answer,
    'DELETE /api/tunnels/:id': () => ({ body: { deleted: true } }),
  })
  await expect.element(remove()).toHaveAttribute('aria-disabled', 'true')
  await expect.element(remove()).toHaveAccessibleDescription(/Wait for Cloudflare’s answer/)
  await press('Delete tunnel')
  expect(deletes()).toEqual([])
  give(valid)
  await expect.element(remove()).not.toHaveAttribute('aria-disabled')
  await press('Delete tunnel')
  await expect.poll(() => left).toEqual(['left'])
})

test('the list forgets the tunnel although the dialog went first, and nobody is led away', async () => {
  const { answer, give } = later()
  const { left, client, deletes } = await open({
    'DELETE /api/tunnels/:id?validate_only=true': () => valid,
    'DELETE /api/tunnels/:id': () => answer,
  })
  await expect.element(remove()).not.toHaveAttribute('aria-disabled')
  await press('Delete tunnel')
  await expect.poll(() => deletes().length).toBe(1)
  document.getElementById('elsewhere')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
  await expect.element(remove()).not.toBeInTheDocument()
  give({ body: { deleted: true } })
  await expect.poll(() => client.getQueryData(tunnelsQuery().queryKey)?.body.tunnels).toEqual([])
  expect(left).toEqual([])
})

/** Deletes, and loses the answer. `told` answers what became of it. */
async function lose(told: Record<string, () => Answer>) {
  const world = await open({
    'DELETE /api/tunnels/:id?validate_only=true': () => valid,
    'DELETE /api/tunnels/:id': () => problem('outcome-unknown', { detail: 'Lost.' }),
    ...told,
  })
  await expect.element(remove()).not.toHaveAttribute('aria-disabled')
  await press('Delete tunnel')
  return world
}

test('U19 a deletion that nobody knows of is not repeated', async () => {
  const { left, deletes } = await lose(outcomes({ outcome: 'unknown' }))
  await expect.element(page.getByText('We do not know yet whether this was deleted')).toBeVisible()
  await expect.element(remove()).toHaveAccessibleDescription('Wait until it is known whether it was deleted')
  await press('Delete tunnel')
  expect(deletes()).toHaveLength(1)
  expect(left).toEqual([])
})

test('U19 a deletion that turns out to have happened leads to the list', async () => {
  const { left, client } = await lose(outcomes({ outcome: 'applied' }))
  await expect.poll(() => left).toEqual(['left'])
  expect(client.getQueryData(tunnelsQuery().queryKey)?.body.tunnels).toEqual([])
})

test('a deletion that never arrived can be made again, as another one', async () => {
  const { deletes } = await lose(outcomes({ outcome: 'closed' }))
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  await expect.element(page.getByLabelText('Type the tunnel name to confirm')).toHaveValue('branch-07')
  await press('Delete tunnel')
  await expect.poll(() => deletes().length).toBe(2)
  const [first, second] = deletes().map(({ headers }) => headers.get('idempotency-key'))
  expect(second).not.toBe(first)
})

test('U19 Check now that finds that it was not deleted leaves nothing in the dialog that says otherwise', async () => {
  await lose(outcomes({ outcome: 'unknown' }, { outcome: 'closed' }))
  await expect.element(page.getByText('We do not know yet whether this was deleted')).toBeVisible()
  await press('Check now')
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  expect(document.body.textContent).not.toContain('We do not know')
  await expect.element(remove()).not.toHaveAttribute('aria-disabled')
})

const accepts = {
  'DELETE /api/tunnels/:id?validate_only=true': () => valid,
  'DELETE /api/tunnels/:id': (): Answer => ({ body: { deleted: true } }),
}

test('a deletion asks why, and the reason goes along', async () => {
  const { left, deletes } = await open(accepts)
  await page.getByLabelText('Reason').fill('')
  await expect.element(remove()).not.toHaveAttribute('aria-disabled')
  await page.getByLabelText('Reason').fill('Closed: „Zürich“')
  await press('Delete tunnel')
  await expect.poll(() => left).toEqual(['left'])
  expect(deletes().map(({ headers }) => headers.get('change-reason'))).toEqual([encodeURIComponent('Closed: „Zürich“')])
})

test('a deletion says what is left of the site, and how the site was found', async () => {
  await open({
    ...accepts,
    'GET /api/tunnels': () => list({ ...branch, name: 'branch-07-a' }, { ...branch, id: 'b', name: 'branch-07' }),
    'GET /api/status': () => statuses({ [branch.id]: 'up', b: 'up' }),
  })
  await expect.element(page.getByText('Other healthy tunnels for this site: 1 (branch-07)')).toBeVisible()
  await expect.element(page.getByText('Site “branch-07”, from the name')).toBeVisible()
})

function Twice() {
  const [isOpen, setOpen] = useState(true)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Delete
      </button>
      <DeleteTunnelDialog
        tunnel={branch}
        version="v1"
        open={isOpen}
        onOpenChange={setOpen}
        onDeleted={() => undefined}
        onScheduled={() => undefined}
      />
    </>
  )
}

test('a reason outlives the dialog, and the typed name does not', async () => {
  fakeBff({
    'GET /api/tunnels/:id/routes': () => ({ body: { routes: [] } }),
    'DELETE /api/tunnels/:id?validate_only=true': () => valid,
  })
  await show(<Twice />)
  await page.getByLabelText('Reason').fill('The site is closed')
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  await press('Cancel')
  await press('Delete')
  await expect.element(page.getByLabelText('Reason')).toHaveValue('The site is closed')
  await expect.element(page.getByLabelText('Type the tunnel name to confirm')).toHaveValue('')
})

test('a deletion is scheduled on the version that was looked at, with the typed name and the reason', async () => {
  const due = '2999-02-03T03:00:00Z'
  const { sent } = await open({
    'DELETE /api/tunnels/:id?validate_only=true': () => valid,
    'POST /api/jobs': () => ({
      status: 201,
      body: { job: { id: 'the-job', startsAt: due, createdAt: due }, rows: [] },
    }),
  })
  page
    .getByRole('radio', { name: 'At a time' })
    .element()
    .dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await page.getByLabelText('Start at').fill('2999-02-03T04:00')
  await page.getByLabelText('Type the tunnel name to confirm').fill('other')
  const schedule = page.getByRole('button', { name: 'Schedule deletion' })
  await expect.element(schedule).toHaveAccessibleDescription('Type the tunnel name first')
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  await press('Schedule deletion')
  await expect.poll(() => scheduled.get()).toBe('the-job')
  const startsAt = new Date('2999-02-03T04:00').toISOString()
  expect(sent.filter(({ what }) => what === 'POST /api/jobs').map(({ body }) => body)).toEqual([
    { kind: 'delete', tunnels: [{ id: branch.id, version: 'v1' }], reason: 'The site is closed', startsAt },
  ])
  expect(sent.map(({ what }) => what)).not.toContain('DELETE /api/tunnels/:id')
})
