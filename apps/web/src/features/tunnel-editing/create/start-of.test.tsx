import { blankDraft } from '@tunnel-console/shared/draft'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../../../test/bff.tsx'
import { branch } from '../test/world.ts'
import { StartNote } from './start-note.tsx'
import { startOf } from './start-of.ts'

const tunnel = { tunnel: branch, version: 'v1', unknownFields: [] }
const other = { ...branch, id: 'b'.repeat(32), name: 'branch-08', cloudflare_endpoint: '172.64.240.1' }
const read = { versions: null, tunnel, others: [branch, other] }

test('a second tunnel has the next name and another Cloudflare endpoint, and the page says so', async () => {
  const search = { second: branch.id }
  const start = startOf(search, read)
  expect(start).toMatchObject({ after: 'branch-07', origin: JSON.stringify(search) })
  expect(start.draft).toMatchObject({
    name: 'branch-07-a',
    cloudflare_endpoint: '172.64.240.1',
    customer_endpoint: '203.0.113.10',
    interface_address: '',
  })
  await show(<StartNote search={search} start={start} />)
  await expect.element(page.getByText('A second tunnel beside branch-07')).toBeVisible()
  await expect.element(page.getByText(/It ends at 172\.64\.240\.1/)).toBeVisible()
})

test('where only one Cloudflare endpoint is in use, the second tunnel says what that means', async () => {
  const search = { second: branch.id }
  const start = startOf(search, { ...read, others: [branch] })
  await show(<StartNote search={search} start={start} />)
  await expect.element(page.getByText(/Only one Cloudflare endpoint is in use here/)).toBeVisible()
})

test('a clone says what is empty in it, and of what is gone that it is', async () => {
  const search = { clone: branch.id }
  const start = startOf(search, read)
  expect(start.draft).toMatchObject({ name: '', cloudflare_endpoint: '162.159.64.1', customer_endpoint: '' })
  await show(<StartNote search={search} start={startOf(search, { ...read, tunnel: null })} />)
  await expect.element(page.getByText('That tunnel does not exist any more')).toBeVisible()
})

test('an address begins a draft with it, and no search an empty one that any kept draft may stand in for', () => {
  const nothing = { versions: null, tunnel: null, others: [] }
  expect(startOf({ interface_address: '10.9.0.0/31' }, nothing).draft.interface_address).toBe('10.9.0.0/31')
  expect(startOf({}, nothing)).toEqual({ draft: blankDraft, origin: '', last: null, after: null })
})
