import type { PlanAnswer } from '@tunnel-console/shared/api'
import { tunnelsCsv } from '@tunnel-console/shared/travel/csv-file'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answer, type Answers, fakeBff, offline, press, problem, type Sent, show } from '../../../test/bff.tsx'
import { branch, list, statuses } from '../test/world.ts'
import { dropFile, keptFile } from './kept-file.ts'
import type { Purpose } from './open-file.ts'
import { textOfFile } from './text-of-file.ts'
import { Travel } from './travel.tsx'

const version = 'v'.repeat(43)
const paris = { ...branch, id: '1'.repeat(32), name: 'paris-a', interface_address: '10.1.0.0/31' }
const lyon = { ...branch, id: '2'.repeat(32), name: 'lyon-a', interface_address: '10.2.0.0/31' }
const job = {
  id: 'f0b3a1de-0000-4000-8000-000000000000',
  kind: 'plan',
  state: 'waiting',
  counts: { waiting: 1, running: 0, done: 0, refused: 0, conflict: 0, unknown: 0, skipped: 0 },
}

interface Asked {
  change: string
  id?: string
  tunnel?: { name: string }
}
const asked = ({ body }: Sent) => (body as { tunnels: Asked[] }).tunnels
const valid = (sent: Sent) => ({
  body: { results: asked(sent).map((): PlanAnswer => ({ outcome: 'valid', version })) },
})

async function open(purpose: Purpose, more: Answers = {}) {
  onTestFinished(() => {
    dropFile('import')
    dropFile('plan')
  })
  const onStarted = vi.fn()
  const sent = fakeBff({
    'GET /api/tunnels': () => list(paris, lyon),
    'GET /api/status': () => statuses({ [paris.id]: 'up', [lyon.id]: 'up' }),
    'GET /api/jobs': () => ({ body: { jobs: [] } }),
    'POST /api/plan': valid,
    'POST /api/jobs': () => ({ status: 201, body: { job, rows: [] } }),
    ...more,
  })
  await show(
    <Travel purpose={purpose} onStarted={onStarted}>
      Give a file.
    </Travel>,
  )
  return { sent, onStarted }
}

const field = (name: string | RegExp) => page.getByRole('textbox', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const chosen = (name: string) => page.getByRole('checkbox', { name, exact: true })

async function paste(text: string) {
  await field('Or paste its content').fill(text)
  await press('Read it')
}

async function choose(content: Blob, name: string) {
  await userEvent.upload(page.getByLabelText('File', { exact: true }), new File([content], name))
}

const head = 'name,cloudflare_endpoint,interface_address\n'

test('rows are mended in place, and a mended row is as good as any', async () => {
  await open('import')
  await paste(`${head}oslo-a,162.159.64.1,10.9.0.0/31\n,162.159.64.1,10.9.0.2/31\nparis-a,162.159.64.1,10.9.0.4/31`)
  await expect.element(button('To mend 2')).toBeInTheDocument()
  await expect.element(page.getByText('Another tunnel is called paris-a already')).toBeInTheDocument()
  await field('Name of row 3').fill('oslo-b')
  await userEvent.keyboard('{Tab}')
  await expect.element(button('To mend 1')).toBeInTheDocument()
  await field('Name of row 4').fill('oslo-b')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Row 4 of this file has this name already')).toBeInTheDocument()
  await field('Name of row 4').fill('oslo-c')
  await userEvent.keyboard('{Enter}')
  await expect.element(button('To mend 0')).toBeInTheDocument()
  await expect.element(button('Dry run of 3')).toBeInTheDocument()
})

test('an import goes by a dry run into a job, without the rows that are wrong or left out', async () => {
  const { sent, onStarted } = await open('import')
  await paste(`${head}a,162.159.64.1,10.9.0.0/31\nb,162.159.64.1,10.9.0.2/31\nc,nowhere,10.9.0.4/31`)
  await chosen('Select b').click()
  await press('Dry run of 1')
  await press('Go on with 1')
  await field('Type 1 to confirm').fill('1')
  await press('Apply')
  await vi.waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
  const [made] = sent.filter(({ what }) => what === 'POST /api/jobs')
  expect(made?.body).toMatchObject({ kind: 'plan' })
  expect(made && asked(made).map(({ change, tunnel }) => [change, tunnel?.name])).toEqual([['create', 'a']])
})

test('a row that is wrong is not ticked and cannot be, and has its tick back once it is mended', async () => {
  await open('import')
  await paste(`${head}a,162.159.64.1,10.9.0.0/31\n,162.159.64.1,10.9.0.2/31\nc,162.159.64.1,10.9.0.4/31`)
  const wrong = chosen('Select row 3')
  await expect.element(wrong).toBeDisabled()
  await expect.element(wrong).not.toBeChecked()
  await expect.element(page.getByText('1 row to mend is left out.')).toBeInTheDocument()
  await chosen('Select c').click()
  await field('Name of row 3').fill('b')
  await userEvent.keyboard('{Enter}')
  await expect.element(chosen('Select b')).toBeChecked()
  await expect.element(chosen('Select c')).not.toBeChecked()
  await chosen('Select b').click()
  await field('Name of row 3').fill('a')
  await userEvent.keyboard('{Enter}')
  await expect.element(chosen('Select a').nth(1)).toBeDisabled()
  await field('Name of row 3').fill('b')
  await userEvent.keyboard('{Enter}')
  await expect.element(chosen('Select b')).not.toBeChecked()
})

test('what Cloudflare refuses says why, and is not taken along', async () => {
  const refused = { code: 'rejected', title: 'Refused', status: 422, type: 'x', detail: 'No such endpoint' }
  await open('import', {
    'POST /api/plan': () => ({ body: { results: [{ outcome: 'rejected', problem: refused }, { outcome: 'valid' }] } }),
  })
  await paste(`${head}a,162.159.64.1,10.9.0.0/31\nb,162.159.64.1,10.9.0.2/31`)
  await press('Dry run of 2')
  await expect.element(page.getByText('No such endpoint')).toBeInTheDocument()
  await expect.element(button('Go on with 1')).toBeInTheDocument()
})

test('an export is an empty plan, and one word in it is the plan', async () => {
  await open('plan')
  await paste(tunnelsCsv([paris, lyon]))
  await expect.element(page.getByText('The account is as the file says.')).toBeInTheDocument()
  await press('Another file')
  await paste(tunnelsCsv([{ ...paris, description: 'changed on Tuesday' }, lyon]))
  await expect.element(page.getByText('changed on Tuesday')).toBeInTheDocument()
  await expect.element(button('Dry run of 1')).toBeInTheDocument()
})

test('a deletion is never chosen by itself, and goes with the version that the dry run was about', async () => {
  const { sent, onStarted } = await open('plan')
  await paste(tunnelsCsv([paris]))
  await expect.element(chosen('Select lyon-a')).not.toBeChecked()
  await expect.element(button('Dry run of 0')).toHaveAttribute('aria-disabled', 'true')
  await chosen('Select lyon-a').click()
  await press('Dry run of 1')
  await press('Go on with 1')
  await expect.element(page.getByText('The tunnel is deleted', { exact: false })).toBeInTheDocument()
  await field('Type 1 to confirm').fill('1')
  await press('Apply')
  await vi.waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
  const [made] = sent.filter(({ what }) => what === 'POST /api/jobs')
  expect(made && asked(made)).toEqual([{ change: 'delete', id: lyon.id, version }])
})

test('H3 a lost answer is asked for with the very same request', async () => {
  let times = 0
  const { sent, onStarted } = await open('import', {
    'POST /api/jobs': () => (times++ === 0 ? offline() : { status: 201, body: { job, rows: [] } }),
  })
  await paste(`${head}a,162.159.64.1,10.9.0.0/31`)
  await press('Dry run of 1')
  await press('Go on with 1')
  await field('Type 1 to confirm').fill('1')
  await press('Apply')
  await press('Ask again')
  await vi.waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
  const keys = sent.filter(({ what }) => what === 'POST /api/jobs').map(({ headers }) => headers.get('idempotency-key'))
  expect(keys).toEqual([keys[0], keys[0]])
})

test.each([
  ['Latin-1', new Blob(['name\n', new Uint8Array([0x5a, 0xfc, 0x72])]), /Row 2: Character 2 of this line is not UTF-8/],
  ['UTF-16', new Blob([new Uint8Array([0xff, 0xfe, 0x41, 0])]), /This file is UTF-16/],
  ['an open quotation mark', new Blob(['name\n"a']), /Row 2: A quotation mark is not closed/],
])('a file with %s is refused with its place', async (_what, content, words) => {
  await open('import')
  await choose(content, 'bad.csv')
  await expect.element(page.getByRole('alert').getByText(words)).toBeInTheDocument()
})

test('a file of more than 50 MB is refused before it is read', async () => {
  const large = new Blob([new Uint8Array(50 * 1024 * 1024 + 1)])
  expect(await textOfFile(large)).toEqual({ problem: { line: null, message: 'This file is larger than 50 MB.' } })
})

test('a column can be given another meaning, and what is missing is said', async () => {
  await open('import')
  await paste('Wer,cloudflare_endpoint,interface_address\na,162.159.64.1,10.9.0.0/31')
  await expect.element(page.getByText('No column is Name.', { exact: false })).toBeInTheDocument()
  await page.getByRole('combobox', { name: 'Wer' }).selectOptions('name')
  await expect.element(button('To mend 0')).toBeInTheDocument()
})

test('five thousand rows are checked while the page answers, and it can be cancelled', async () => {
  // Component tests have no style sheet, and only a table that scrolls has rows out of view.
  const style = document.createElement('style')
  style.textContent = '[aria-label="Rows of the file, scrolls"] { height: 400px; overflow: auto }'
  document.head.append(style)
  onTestFinished(() => style.remove())
  let times = 0
  const second = Promise.withResolvers<Answer>()
  await open('import', { 'POST /api/plan': (sent) => (times++ === 0 ? valid(sent) : second.promise) })
  const rows = Array.from(
    { length: 5000 },
    (_, n) => `t${n},1.2.3.4,10.${100 + (n >> 13)}.${(n >> 5) & 255}.${(n & 31) * 4}/31`,
  )
  await choose(new Blob([head, rows.join('\n')]), 'many.csv')
  await expect.element(button('Dry run of 5,000'), { timeout: 15_000 }).toBeInTheDocument()
  await expect.poll(() => document.querySelectorAll('tbody tr').length).toBeGreaterThan(5)
  expect(document.querySelectorAll('tbody tr').length).toBeLessThan(100)
  await press('Dry run of 5,000')
  await expect.element(page.getByText('25 of 5,000 checked')).toBeInTheDocument()
  await press('Cancel the dry run')
  second.resolve({ body: { results: [] } })
  await expect.element(button('Go on with 25')).toBeEnabled()
})

test('the account that cannot be read is told, and the file stays', async () => {
  let times = 0
  await open('plan', { 'GET /api/tunnels': () => (times++ === 0 ? problem('upstream-unavailable') : list(paris)) })
  await paste(tunnelsCsv([paris]))
  await expect.element(page.getByRole('alert').getByText(/could not be read/)).toBeInTheDocument()
  await press('Check the rows')
  await expect.element(page.getByText('The account is as the file says.')).toBeInTheDocument()
})

test('S22 the file survives a reload with what was mended, for its person, and no column that may hold keys does', async () => {
  await open('import')
  await paste(
    'name,cloudflare_endpoint,interface_address,psk,word of the device\n,162.159.64.1,10.9.0.0/31,key-canary,odd-canary',
  )
  await field('Name of row 2').fill('oslo-a')
  await userEvent.keyboard('{Enter}')
  await expect.element(button('Dry run of 1')).toBeInTheDocument()
  expect(JSON.stringify({ ...sessionStorage })).toContain('oslo-a')
  expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/canary/)
  expect(keptFile('2', 'import')).toBeNull()
  await open('import')
  await expect.element(page.getByText('You go on with the file from before')).toBeInTheDocument()
  await expect.element(button('Dry run of 1').last()).toBeInTheDocument()
  expect(keptFile('1', 'import')?.mended.get('2 name')).toBe('oslo-a')
})
