import { blankDraft, draftOf } from '@tunnel-console/shared/draft'
import { withPrepared } from '@tunnel-console/shared/prepared-changes'
import { sections } from '@tunnel-console/shared/sections'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../../../test/bff.tsx'
import { Section } from '../form/form-sections.tsx'
import { PreparedNote } from './prepared-note.tsx'

const tunnelWith = (type: string) =>
  Tunnel.parse({ id: '1'.repeat(32), name: 'branch-07', health_check: { ...blankDraft.health_check, type } })

async function showNote(tunnel: Tunnel) {
  await show(
    <>
      <PreparedNote tunnel={tunnel} prepared={withPrepared(draftOf(tunnel), 'probe-by-request')} />
      {sections.map((section) => (
        <Section key={section.id} section={section}>
          <div style={{ height: 600 }} />
        </Section>
      ))}
    </>,
  )
}

const section = page.getByRole('heading', { name: 'Health check', exact: true })

test('an edit that starts with a prepared change names it, and says that nothing is saved yet', async () => {
  await showNote(tunnelWith('reply'))
  await expect.element(page.getByText('The form holds a prepared change: Health check type')).toBeVisible()
  await expect.element(page.getByText(/Nothing is saved yet/)).toBeVisible()
})

test('the form is shown where the prepared change is, and the keyboard goes on from there', async () => {
  await showNote(tunnelWith('reply'))
  await expect.element(section).toHaveFocus()
  await expect.element(section).toBeInViewport()
})

test('a tunnel that has the change already needs none', async () => {
  await showNote(tunnelWith('request'))
  await expect.element(page.getByText('The tunnel has this change already')).toBeVisible()
  await expect.element(section).not.toBeInViewport()
})
