import type { WallScreen } from '@tunnel-console/shared/walls'
import { expect, test } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { fakeBff, press, problem, show } from '../../test/bff.tsx'
import { AddScreen } from './add-screen.tsx'
import { ScreenList } from './screen-list.tsx'

const reads = (what: Locator, words: RegExp) => expect.poll(() => what.element().textContent).toMatch(words)

const screen: WallScreen = {
  id: '1',
  name: 'Hall',
  by: 'ada@example.com',
  createdAt: '2026-11-28T12:00:00Z',
  linkUntil: '2999-01-01T00:00:00Z',
  lastSeenAt: null,
}

const add = () => show(<AddScreen opener={{ current: null }} onClose={() => undefined} />)

test('a screen gets a link, shown once; what was typed survives a refusal', async () => {
  const answers = [problem('storage-unavailable'), { body: { screen, url: 'https://x.example/wall#link=abc' } }]
  const sent = fakeBff({ 'POST /api/walls': () => answers.shift() ?? problem('internal') })
  await add()
  await press('Create link')
  const name = page.getByLabelText('Where it hangs')
  await expect.element(name).toHaveAccessibleDescription(/Enter where it hangs/)
  await name.fill(' Hall ')
  await press('Create link')
  await reads(page.getByRole('alert'), /database cannot be used/)
  await expect.element(name).toHaveValue(' Hall ')
  await press('Create link')
  await expect.element(page.getByText('https://x.example/wall#link=abc')).toBeInTheDocument()
  expect(sent.map(({ body }) => body)).toEqual([{ name: 'Hall' }, { name: 'Hall' }])
})

test('a screen is revoked after a question, and says whether it was ever opened', async () => {
  const sent = fakeBff({ 'DELETE /api/walls/1': () => ({ body: { ok: true } }) })
  await show(<ScreenList screens={[screen]} />)
  await expect.element(page.getByText('Not opened yet')).toBeInTheDocument()
  await press('Revoke Hall')
  await expect.element(page.getByRole('alertdialog', { name: 'Revoke the screen “Hall”?' })).toBeInTheDocument()
  expect(sent).toEqual([])
  await press('Revoke')
  await expect.poll(() => sent.map(({ what }) => what)).toContain('DELETE /api/walls/1')
})
