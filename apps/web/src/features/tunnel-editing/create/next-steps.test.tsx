import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeBff, press, show } from '../../../test/bff.tsx'
import { branch } from '../test/world.ts'
import { forgetNewTunnel, noteNewTunnel } from './new-tunnels.ts'
import { NextSteps } from './next-steps.tsx'

const panel = page.getByRole('region', { name: 'Networks behind branch-07' })

test('a tunnel that was just made gets its routes as commands, made in the browser alone, until they are put away', async () => {
  onTestFinished(() => forgetNewTunnel(branch.id))
  const sent = fakeBff({})
  noteNewTunnel(branch.id, 'later')
  await show(<NextSteps tunnel={branch} />)
  const field = page.getByLabelText('Networks to send through it')
  await field.fill('10.20.1.0/16')
  await expect.element(field).toHaveAccessibleDescription(/did you mean 10\.20\.0\.0\/16\?/)
  await expect.element(page.getByRole('region', { name: 'curl' })).not.toBeInTheDocument()
  await field.fill('10.20.0.0/16, 10.30.0.0/16')
  const textOf = (name: string) => page.getByRole('region', { name, exact: true }).element().textContent
  await expect.poll(() => textOf('curl')).toContain('"nexthop":"10.252.2.21"')
  expect(textOf('curl')).toContain('$CLOUDFLARE_API_TOKEN')
  expect(textOf('Terraform')).toContain('"branch_07_10_30_0_0_16" {')
  expect(sent).toEqual([])
  await press('Put away')
  await expect.element(panel).not.toBeInTheDocument()
})

test('a tunnel that was not made in this tab has no such panel', async () => {
  fakeBff({})
  await show(<NextSteps tunnel={branch} />)
  await expect.element(panel).not.toBeInTheDocument()
})
