import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../test/bff.tsx'
import { lazyPage, WaitingForm } from './lazy-page.tsx'
import { tunnelEditRoute } from './tunnel-edit.tsx'
import { tunnelNewRoute } from './tunnel-new.tsx'

const never = new Promise<{ Page: () => null }>(() => undefined)

test('a page that is a form waits for its code in the shape of a form', async () => {
  const Page = lazyPage(() => never, 'Page', undefined, WaitingForm)
  await show(<Page />)
  await expect.element(page.getByRole('status', { name: 'Loading the form' })).toBeInTheDocument()
})

test.each([tunnelEditRoute, tunnelNewRoute])('so it waits for its data as well', ({ options }) => {
  expect(options.pendingComponent).toBe(WaitingForm)
})
