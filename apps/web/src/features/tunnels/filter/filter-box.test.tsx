import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { asked, opened, renderList, tunnelAt, worldOf } from '../test-world.tsx'

beforeEach(() => page.viewport(1200, 800))

const field = page.getByRole('searchbox', { name: 'Filter tunnels' })
const table = page.getByRole('table', { name: 'IPsec tunnels' })
const names = () =>
  table
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.querySelector('a')?.textContent)
const suggestions = page.getByRole('listbox', { name: 'Suggested filters' })
const three = ['paris-a', 'paris-b', 'oslo-a'].map((name, n) => tunnelAt(n, { name }))

test('a typed filter becomes a chip that turns it around and takes it out', async () => {
  await renderList(worldOf(three, { 1: 0.1 }), { q: 'paris state:down' })
  await expect.element(page.getByRole('list', { name: 'Filters' })).toHaveTextContent('Stateisdown')
  expect(names()).toEqual(['paris-b'])
  await page.getByRole('button', { name: 'State is down: turn into is not' }).click()
  await expect.element(field).toHaveValue('paris -state:down')
  await expect.poll(names).toEqual(['paris-a'])
  await page.getByRole('button', { name: 'Remove filter: State is not down' }).click()
  await expect.element(field).toHaveValue('paris')
  await expect.poll(names).toEqual(['paris-b', 'paris-a'])
  await expect.element(field).toHaveFocus()
})

test('a filter with a mistake finds nothing and says why, where the field tells it too', async () => {
  await renderList(worldOf(three), { q: 'state:doun' })
  const problem = page.getByText(/“doun” is no value of “state”/)
  await expect.element(problem).toBeVisible()
  await expect.element(field).toHaveAccessibleDescription(/“doun” is no value of “state”/)
  await expect.element(page.getByRole('heading', { name: 'No tunnels match' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.element(problem).not.toBeInTheDocument()
})

test('suggestions are chosen with the arrows, key and value, while the focus stays in the field', async () => {
  await renderList(worldOf(three, { 2: 0.1 }))
  await field.click()
  await expect.element(field).toHaveAttribute('aria-autocomplete', 'list')
  await userEvent.keyboard('st')
  await expect.element(suggestions.getByRole('option', { name: /^state:/ })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}')
  const option = suggestions.getByRole('option', { name: /^state:/ }).element()
  await expect.element(field).toHaveAttribute('aria-activedescendant', option.id)
  expect(option.getAttribute('aria-selected')).toBe('true')
  await userEvent.keyboard('{Enter}')
  await expect.element(field).toHaveValue('state:')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(field).toHaveValue('state:down ')
  await expect.element(field).toHaveFocus()
  await expect.element(suggestions).not.toBeInTheDocument()
  await expect.poll(names).toEqual(['oslo-a'])
})

test('Escape puts suggestions away and keeps the text; then the keys are those of the list again', async () => {
  opened.set(null)
  await renderList(worldOf(three))
  await field.click()
  await expect.element(field).toHaveAttribute('aria-autocomplete', 'list')
  await userEvent.keyboard('s')
  await expect.element(suggestions).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(suggestions).not.toBeInTheDocument()
  await expect.element(field).toHaveValue('s')
  await userEvent.keyboard('{Enter}')
  expect(opened.get()?.tunnel.name).toBe('oslo-a')
})

test('plain text brings no suggestions; Alt and arrow down show every filter there is, sites among them', async () => {
  await renderList(worldOf(three))
  await field.click()
  await expect.element(field).toHaveAttribute('aria-autocomplete', 'list')
  await userEvent.keyboard('paris ')
  expect(suggestions.elements()).toHaveLength(0)
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
  await suggestions.getByRole('option', { name: /^site:/ }).click()
  await suggestions.getByRole('option', { name: /^site:"oslo"/ }).click()
  await expect.element(field).toHaveValue('paris site:"oslo" ')
  await expect.element(page.getByRole('heading', { name: 'No tunnels match' })).toBeVisible()
  field.element().blur()
  expect(asked.get()?.q).toBe('paris site:"oslo" ')
})
