import { useForm } from 'react-hook-form'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { SwitchField } from './switch-field.tsx'
import { TextField } from './text-field.tsx'

function Form({ resetTo = () => undefined }: { resetTo?: () => void }) {
  const form = useForm({ defaultValues: { address: '10.0.0.0/31', bgp: true } })
  const refuse = () => form.setError('address', { type: 'cloudflare', message: 'It overlaps with hq-1' })
  return (
    <form>
      <TextField
        control={form.control}
        name="address"
        label="Interface address"
        hint="A /31"
        warning="Routes point here"
        changed={{ was: '10.0.0.2/31', onReset: resetTo }}
        showSource
      />
      <SwitchField control={form.control} name="bgp" label="BGP" hint="Speaks BGP" />
      <button type="button" onClick={refuse}>
        Refuse
      </button>
    </form>
  )
}

const field = page.getByLabelText('Interface address', { exact: true })

test('a field is described by its hint, its warning and what it was', async () => {
  await render(<Form />)
  await expect.element(field).toHaveAccessibleDescription('Routes point here A /31 was 10.0.0.2/31')
  await expect.element(field).toHaveAttribute('aria-invalid', 'false')
  await expect.element(field).toHaveAttribute('autocomplete', 'off')
  await expect.element(field).toHaveAttribute('spellcheck', 'false')
})

test('an error comes first in the description, names its source and marks the field', async () => {
  await render(<Form />)
  await page.getByRole('button', { name: 'Refuse' }).click()
  await expect.element(field).toHaveAttribute('aria-invalid', 'true')
  await expect.element(field).toHaveAccessibleDescription(/^It overlaps with hq-1 · Cloudflare .*A \/31/)
})

test('a changed field offers to go back, by its name', async () => {
  let resets = 0
  await render(
    <Form
      resetTo={() => {
        resets += 1
      }}
    />,
  )
  await page.getByRole('button', { name: 'Reset Interface address' }).click()
  expect(resets).toBe(1)
})

test('a switch is a switch with a state', async () => {
  await render(<Form />)
  const bgp = page.getByRole('switch', { name: 'BGP' })
  await expect.element(bgp).toBeChecked()
  await bgp.click()
  await expect.element(bgp).not.toBeChecked()
  await expect.element(bgp).toHaveAccessibleDescription('Speaks BGP')
})
