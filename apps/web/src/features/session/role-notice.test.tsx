import type { Permission, Role } from '@tunnel-console/shared/access'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { press, sessionOf, show } from '../../test/bff.tsx'
import { RoleNotice } from './role-notice.tsx'

async function change(before: Role, after: Role, pageNeeds?: Permission) {
  const client = await show(<RoleNotice pageNeeds={pageNeeds} />, sessionOf(before))
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  client.setQueryData(['session'], sessionOf(after))
}

test.each<[before: Role, after: Role, pageNeeds: Permission | undefined, words: RegExp]>([
  ['operator', 'support', 'tunnel.update', /^Editing needs Operator\. Ask: Ada Admin \(ada@example\.com\)\./],
  ['admin', 'operator', 'user.manage', /^Managing users needs Admin\. Ask: Ada Admin/],
  ['operator', 'support', undefined, /^You can no longer .*change tunnels.*\. Ask: Ada Admin/],
  ['admin', 'operator', 'tunnel.update', /^You can no longer delete tunnels, /],
  ['support', 'operator', undefined, /^You can now .*change tunnels/],
])('H10 from %s to %s on a page that needs %s it says what that means', async (before, after, pageNeeds, words) => {
  await change(before, after, pageNeeds)
  const notice = page.getByRole('alert')
  await expect.element(notice.getByText(/^Your role is now (Support|Operator)$/)).toBeVisible()
  await expect.element(notice.getByText(words).first()).toBeVisible()
})

test('the notice can be put away', async () => {
  await change('operator', 'support')
  await press('Dismiss')
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})
