import type { Settings } from '@tunnel-console/shared/settings'
import { expect, test } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { type Answer, type Answers, fakeBff, press, problem, sessionOf, show } from '../../test/bff.tsx'
import { TextLink } from '../../ui/link-button.tsx'
import { SettingsForm } from './settings-form.tsx'

const usual: Settings = { secondPerson: 'nobody', keyAgeNoticeDays: 365, keyAgeWarnDays: 730 }
const warn = page.getByLabelText('Warn of a key’s age after')
const save = page.getByRole('button', { name: 'Save' })

const reads = (what: Locator, words: RegExp | string) => expect.poll(() => what.element().textContent).toMatch(words)

async function form(answers: Answers = {}) {
  const sent = fakeBff(answers)
  const client = await show(
    <>
      <TextLink to="/tunnels">Tunnels</TextLink>
      <SettingsForm settings={usual} />
    </>,
    sessionOf('admin'),
  )
  return { client, patches: () => sent.filter(({ what }) => what === 'PATCH /api/settings').map(({ body }) => body) }
}

test('only what was changed is sent', async () => {
  const { patches } = await form({
    'PATCH /api/settings': () => ({ body: { settings: { ...usual, secondPerson: 'high-risk' } } }),
  })
  await expect.element(save).toHaveAccessibleDescription('Change a setting first')
  await page.getByLabelText('Second person').selectOptions('high-risk')
  await press('Save')
  await expect.poll(patches).toEqual([{ secondPerson: 'high-risk' }])
})

test.each([
  ['', 'Enter a number of days'],
  ['soon', 'Enter a number of days'],
  ['1.5', 'Enter whole days'],
  ['0', 'Enter at least 1 day'],
  ['99999', 'Enter at most 3650 days'],
  ['365', 'Warn later than the mention, which is after 365 days'],
])('%j is no number of days after which to warn: it says so at the field, and nothing is sent', async (text, words) => {
  const { patches } = await form()
  await warn.fill(text)
  await press('Save')
  await expect.element(warn).toHaveAccessibleDescription(new RegExp(words))
  await expect.element(warn).toHaveFocus()
  await expect.element(warn).toHaveValue(text)
  expect(patches()).toEqual([])
})

test('what the console refuses stands at its field, and everything else above the form; both keep what was typed', async () => {
  const errors = [{ pointer: '/keyAgeWarnDays', detail: 'Warn later', source: 'console' as const }]
  const answers = [problem('invalid', { errors }), problem('storage-unavailable')]
  await form({ 'PATCH /api/settings': () => answers.shift() ?? problem('internal') })
  await warn.fill('800')
  await press('Save')
  await expect.element(warn).toHaveAccessibleDescription(/Warn later/)
  await press('Save')
  await reads(page.getByRole('alert'), /database cannot be used/)
  await expect.element(warn).toHaveValue('800')
})

test('H10 whoever is no administrator any more cannot save, and is told whom to ask', async () => {
  const { client } = await form()
  await warn.fill('800')
  client.setQueryData(['session'], sessionOf('operator'))
  await expect.element(save).toHaveAccessibleDescription(/^Changing settings needs Admin\. Ask: Ada Admin/)
  await expect.element(warn).toHaveValue('800')
})

const away = page.getByRole('link', { name: 'Tunnels' })
const leave = () => away.click()
const question = (name: string) => page.getByRole('alertdialog', { name })

test('settings that are not saved are not left without a question, and stay typed', async () => {
  await form()
  await warn.fill('800')
  await leave()
  await expect.element(question('Leave without saving?')).toBeVisible()
  await press('Stay')
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
  await expect.element(warn).toHaveValue('800')
  expect(away.element().getAttribute('aria-current')).toBeNull()
})

test('settings that are on their way or saved are not said to be lost', async () => {
  const held = Promise.withResolvers<Answer>()
  await form({ 'PATCH /api/settings': () => held.promise })
  await warn.fill('800')
  await expect.element(save).not.toHaveAttribute('aria-disabled')
  await press('Save')
  await expect.element(save).toHaveAttribute('aria-busy', 'true')
  await leave()
  await expect.element(question('Leave while it is being saved?')).toBeVisible()
  await press('Stay')
  held.resolve({ body: { settings: { ...usual, keyAgeWarnDays: 800 } } })
  await expect.element(save).toHaveAccessibleDescription('Change a setting first')
  await leave()
  await expect.element(away).toHaveAttribute('aria-current', 'page')
  expect(page.getByRole('alertdialog').elements()).toEqual([])
})
