import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { type Answer, fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { dropCreation, keepCreation, keptCreation, newCreation } from './creation-draft.ts'
import { field, held, open, Steps, usual, wanted, whole } from './creation-world.tsx'

test('what Cloudflare accepts and somebody should know all the same stands on Review', async () => {
  const warnings = ['sam@example.com holds it for another 3 minutes.']
  await open('review', whole, {
    'POST /api/tunnels?validate_only=true': () => ({
      body: { valid: true, checkedAt: '2026-11-28T14:02:11Z', warnings },
    }),
  })
  await expect.element(page.getByText('sam@example.com holds it for another 3 minutes.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Create tunnel' })).not.toHaveAttribute('aria-disabled')
})

test('the plain form proposes the next free address from the pools, holds what is taken, and asks for none by itself', async () => {
  const sent = await open('all', { ...whole, interface_address: '' })
  await expect.element(page.getByRole('button', { name: 'Use next free: 10.252.2.0/31' })).toBeVisible()
  expect(sent.filter(({ what }) => what === 'POST /api/addresses/holds')).toEqual([])
  await press('Use next free: 10.252.2.0/31')
  await expect.element(field('Interface address')).toHaveValue('10.252.2.0/31')
  await expect.element(page.getByText(/^Held for you until/)).toBeVisible()
  await press('Another')
  await expect.element(field('Interface address')).toHaveValue('10.252.2.2/31')
  const asked = sent.filter(({ what }) => what === 'POST /api/addresses/holds').map(wanted)
  expect(asked).toEqual(['10.252.2.0/31', '10.252.2.2/31'])
})

test('the plain form says that a GRE tunnel has the address', async () => {
  await open('all', { ...whole, interface_address: '10.252.2.40/31' })
  await expect.element(page.getByText(/^It overlaps the GRE tunnel old-gre, 10\.252\.2\.40\/30\.$/)).toBeVisible()
})

test('whoever starts over gives the held address back, also after a reload', async () => {
  keepCreation('1', { ...newCreation(whole), holdId: 'of-before' })
  onTestFinished(() => {
    dropCreation()
    dropCreation('aside')
  })
  const sent = fakeBff({ ...usual, 'DELETE /api/addresses/holds/of-before': () => ({ body: { ok: true } }) })
  await show(<Steps first="basics" />)
  await press('Start over')
  await expect.poll(() => sent.map(({ what }) => what)).toContain('DELETE /api/addresses/holds/of-before')
  expect(keptCreation('1', 'aside')).toMatchObject({ draft: { name: 'oslo-a' }, holdId: null })
})

test('an address that is promised after the draft was given up is given back at once', async () => {
  let answer: (answer: Answer) => void = () => undefined
  const sent = await open('inside', whole, {
    'POST /api/addresses/holds': () =>
      new Promise<Answer>((resolve) => {
        answer = resolve
      }),
  })
  await expect.poll(() => sent.map(({ what }) => what)).toContain('POST /api/addresses/holds')
  await press('Start over')
  answer(held(whole.interface_address))
  await expect.poll(() => sent.map(({ what }) => what)).toContain('DELETE /api/addresses/holds/h')
})

test('an address that the console holds for nobody is filled in all the same, and the page says why', async () => {
  const detail = 'You hold 100 addresses already. Each is free again after ten minutes.'
  await open(
    'all',
    { ...whole, interface_address: '' },
    { 'POST /api/addresses/holds': () => problem('not-now', { detail }) },
  )
  await press('Use next free: 10.252.2.0/31')
  await expect.element(field('Interface address')).toHaveValue('10.252.2.0/31')
  await expect.element(page.getByText(`It is not held for you. ${detail}`)).toBeVisible()
})
