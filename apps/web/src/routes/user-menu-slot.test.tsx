import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { rolePermissions } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { sessionQuery } from '../data/session.ts'
import { UserMenuSlot } from './user-menu-slot.tsx'

const session: SessionAnswer = {
  user: { id: '1', email: 'ada@example.com', name: 'Ada', role: 'operator' },
  account: { id: 'a', name: 'Account' },
  mode: 'sandbox',
  permissions: rolePermissions.operator,
  expiresAt: '2999-01-01T00:00:00Z',
  idleEndsAt: '2999-01-01T00:00:00Z',
  viewingAs: null,
  administrators: [],
}

test('a press on the menu before its code is there opens it once it is', async () => {
  const client = new QueryClient()
  client.setQueryData(sessionQuery().queryKey, session)
  const shown = render(
    <QueryClientProvider client={client}>
      <UserMenuSlot />
    </QueryClientProvider>,
  )
  await expect.poll(() => document.querySelector('button')).not.toBeNull()
  document.querySelector('button')?.click()
  await shown
  await expect.element(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
})
