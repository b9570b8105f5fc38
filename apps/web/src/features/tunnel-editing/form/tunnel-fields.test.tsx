import { blankDraft, type TunnelDraft } from '@tunnel-console/shared/draft'
import { fieldList } from '@tunnel-console/shared/fields'
import { sections } from '@tunnel-console/shared/sections'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { TunnelFields } from './tunnel-fields.tsx'
import { useTunnelForm } from './use-tunnel-form.ts'

function Form({ start, base }: { start: TunnelDraft; base?: TunnelDraft }) {
  const kit = useTunnelForm({ start, ...(base && { base }), neighbours: [] })
  return <TunnelFields kit={kit} neighbours={[]} />
}

const withBgp = { ...blankDraft, bgp: { ...blankDraft.bgp, enabled: true } }
const roles = { switch: 'switch', select: 'combobox' } as const
const roleOf = (control: string) => roles[control as keyof typeof roles] ?? 'textbox'

test('every field of the record is in the form, in its section, under its label, with its hint', async () => {
  await render(<Form start={withBgp} />)
  for (const { label, control, section, hint = '' } of fieldList) {
    const title = sections.find(({ id }) => id === section)?.title ?? ''
    const input = page
      .getByRole('region', { name: title, exact: true })
      .getByRole(roleOf(control), { name: label, exact: true })
    await expect.element(input).toBeVisible()
    await expect.element(input).toHaveAccessibleDescription(expect.stringContaining(hint))
  }
})

test('a secret is typed unseen, and BGP’s fields are there while it is on', async () => {
  await render(<Form start={withBgp} />)
  await expect.element(page.getByLabelText('MD5 key', { exact: true })).toHaveAttribute('type', 'password')
  await page.getByRole('switch', { name: 'BGP', exact: true }).click()
  await expect.element(page.getByLabelText('Customer ASN', { exact: true })).not.toBeInTheDocument()
})

test('a value that Cloudflare knows and this build does not stays choosable', async () => {
  const strange = { ...blankDraft, health_check: { ...blankDraft.health_check, rate: 'ludicrous' } }
  await render(<Form start={strange} base={strange} />)
  const rate = page.getByLabelText('Health check rate', { exact: true })
  await expect.element(rate).toHaveValue('ludicrous')
  await rate.selectOptions('High')
  await expect.element(page.getByText('was ludicrous')).toBeVisible()
})

test('an empty health target says where Cloudflare probes, by the direction', async () => {
  await render(<Form start={{ ...blankDraft, interface_address: '10.99.0.0/31', customer_endpoint: '203.0.113.10' }} />)
  const target = page.getByLabelText('Health check target', { exact: true })
  await expect.element(target).toHaveAccessibleDescription(expect.stringContaining('inside subnet (10.99.0.1)'))
  await page.getByLabelText('Health check direction', { exact: true }).selectOptions('Unidirectional')
  await expect.element(target).toHaveAccessibleDescription(expect.stringContaining('customer endpoint (203.0.113.10)'))
})
