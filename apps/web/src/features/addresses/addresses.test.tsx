import type { AddressesAnswer } from '@tunnel-console/shared/addresses'
import type { StaticRoute } from '@tunnel-console/shared/api'
import { expect, test } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { press, sessionOf, show } from '../../test/bff.tsx'
import { AddressMap } from './address-map.tsx'
import { CheckedNote } from './checked-note.tsx'
import { type Asked, Destination } from './destination.tsx'

const id = 'a'.repeat(32)
const answer: AddressesAnswer = {
  pools: ['10.0.0.0/23'],
  reserved: ['10.0.0.6/31'],
  taken: [
    { subnet: '10.0.0.1/31', kind: 'ipsec', id, name: 'paris-a' },
    { subnet: '10.0.0.8/30', kind: 'gre', id: null, name: 'old' },
    { subnet: '10.0.0.10/31', kind: 'interconnect', id: null, name: 'cni' },
  ],
  holds: [{ id: 'h', subnet: '10.0.0.2/31', by: 'eve@example.com', mine: false, until: '2026-01-01T10:00:00Z' }],
  checked: [
    { source: 'ipsec', readable: true, count: 44, fetchedAt: '2026-01-01T10:00:00Z' },
    { source: 'gre', readable: false, count: 0, fetchedAt: null },
    { source: 'leases', readable: false, count: 0, fetchedAt: null },
  ],
  next: '10.0.0.4/31',
  cloudflareEndpoints: [],
}

const reads = (what: Locator, words: RegExp) => expect.poll(() => what.element().textContent).toMatch(words)
const named = (name: string | RegExp) => page.getByRole('link', { name }).or(page.getByRole('button', { name }))

test('each cell says what has it; a free one leads to a new tunnel, a tunnel to its page', async () => {
  await show(<AddressMap answer={answer} />)
  await expect.element(named('10.0.0.0/31, used by IPsec tunnel paris-a')).toHaveAttribute('href', `/tunnels/${id}`)
  await expect.element(named(/^10\.0\.0\.2\/31, held by eve@example\.com until/)).toBeInTheDocument()
  const free = page.getByRole('link', { name: '10.0.0.4/31, next free: create a tunnel here' })
  await expect.element(free).toHaveAttribute('href', '/tunnels/new?interface_address=10.0.0.4%2F31')
  await expect.element(named('10.0.0.6/31, reserved, never proposed')).toBeInTheDocument()
  await expect.element(named('10.0.0.8/31, used by GRE tunnel old')).toBeInTheDocument()
  await expect
    .element(named('10.0.0.10/31, shared by mistake by GRE tunnel old and interconnect cni'))
    .toBeInTheDocument()
  await reads(page.getByRole('list', { name: 'Legend' }), /Held 1.*Free 251/)
})

test('the grid is one stop of the Tab key, and the arrows lead on', async () => {
  await show(<AddressMap answer={answer} />)
  const list = page.getByRole('list', { name: 'Subnets of 10.0.0.0/24' })
  await expect.element(list).toBeInTheDocument()
  const stops = () => list.element().querySelectorAll('[tabindex="0"]')
  expect(stops()).toHaveLength(1)
  ;(stops()[0] as HTMLElement).focus()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}')
  await expect.element(named(/^10\.0\.0\.4\/31/)).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}')
  await expect.element(named(/^10\.0\.0\.0\/31/)).toHaveFocus()
  expect(stops()).toHaveLength(1)
})

test('the line below tells of the subnet under the pointer, else of the one with the focus, else of none', async () => {
  await show(<AddressMap answer={answer} />)
  const list = page.getByRole('list', { name: 'Subnets of 10.0.0.0/24' })
  // Where the test before left the pointer there may be a subnet now.
  await page.getByRole('button', { name: /^10\.0\.0\.0\/24/ }).hover()
  const [first, second, , fourth] = list.element().querySelectorAll<HTMLElement>('[data-cell]')
  const hint = page.getByText(/^Point at a subnet/)
  const tells = (subnet: string) =>
    expect.element(page.getByText(new RegExp(`^${subnet.replaceAll('.', '\\.')}`))).toBeVisible()
  await expect.element(hint).toBeVisible()
  second?.focus()
  await tells('10.0.0.2/31')
  await userEvent.hover(fourth ?? list.element())
  await tells('10.0.0.6/31')
  await userEvent.keyboard('{ArrowLeft}')
  expect(document.activeElement).toBe(first)
  await tells('10.0.0.0/31')
  await page.getByRole('button', { name: /^10\.0\.0\.0\/24/ }).hover()
  await tells('10.0.0.0/31')
  first?.blur()
  await expect.element(hint).toBeVisible()
})

test('a block is folded until it is wanted, and one that is all free is behind a button', async () => {
  await show(<AddressMap answer={answer} />)
  await expect.element(page.getByRole('button', { name: /^10\.0\.0\.0\/24/ })).toHaveAttribute('aria-expanded', 'true')
  await press('Show 1 more block, all free')
  await press(/^10\.0\.1\.0\/24/)
  await expect.element(page.getByRole('list', { name: 'Subnets of 10.0.1.0/24' })).toBeInTheDocument()
})

test('without a pool an administrator is led to the settings, and others are told whom it takes', async () => {
  await show(<AddressMap answer={{ ...answer, pools: [] }} />)
  await expect.element(page.getByRole('link', { name: 'Set one in the settings' })).toHaveAttribute('href', '/settings')
})

test('without a pool an operator is told who sets one', async () => {
  await show(<AddressMap answer={{ ...answer, pools: [] }} />, sessionOf('operator'))
  await expect.element(page.getByText(/An administrator can set one/)).toBeInTheDocument()
})

test('what was checked is told, and what could not be', async () => {
  await show(<CheckedNote checked={answer.checked} />)
  await reads(
    page.getByText('Checked against 44 IPsec tunnels.', { exact: false }),
    /Not readable with this token, so not checked: GRE tunnels\.$/,
  )
})

const route = (prefix: string, nexthop: string, priority: number): StaticRoute => ({
  id: prefix + nexthop,
  prefix,
  nexthop,
  priority,
  weight: null,
  description: '',
  scope: null,
})
const routes = [route('10.29.0.0/16', '10.0.0.0', 100), route('10.29.0.0/16', '10.0.0.9', 200)]

async function destination(asked: Asked, all: StaticRoute[] | null = routes) {
  const wishes: Asked[] = []
  await show(
    <Destination
      asked={asked}
      onAsk={(wish) => wishes.push(wish)}
      answer={{ routes: all, fetchedAt: '2026-01-01T10:00:00Z' }}
      world={{ networks: answer.taken, states: { [id]: 'down' } }}
      lookOf={() => ({ tone: 'down', shape: 'square-cross', word: 'Down' })}
    />,
  )
  return wishes
}

test('the way to an address is told with what stands by, and the way without a tunnel beside it', async () => {
  await destination({ to: '10.29.4.7', without: id })
  const now = page.getByRole('region', { name: '10.29.4.7 now' })
  await reads(now, /Goes through old, by the route to 10\.29\.0\.0\/16/)
  await reads(now, /paris-aDownpriority 100 \+ 1,000,000 for healthstands by/)
  await reads(page.getByRole('region', { name: '10.29.4.7 without paris-a' }), /through old/)
})

test('what is no address is said at the field, keeps what was typed, and asks nothing', async () => {
  const wishes = await destination({})
  const field = page.getByRole('textbox', { name: 'Destination' })
  await field.fill('10.29.4')
  await press('Show the way')
  await expect.element(field).toHaveAccessibleDescription(/Write an IPv4 address/)
  await field.fill('fd00::1')
  await press('Show the way')
  await expect.element(field).toHaveAccessibleDescription(/Only IPv4/)
  expect(wishes).toEqual([])
  await field.fill(' 10.29.4.7 ')
  await press('Show the way')
  await expect.poll(() => wishes).toEqual([{ to: '10.29.4.7' }])
})

test('an address that no static route leads to, and routes that cannot be read, are told as such', async () => {
  await destination({ to: '192.0.2.1' })
  await expect.element(page.getByText(/No static route leads there/)).toBeInTheDocument()
})

test('routes that cannot be read are told as such', async () => {
  await destination({ to: '192.0.2.1' }, null)
  await expect.element(page.getByText('The static routes cannot be read')).toBeInTheDocument()
})

test('a route that holds in some data centres only says in which, and the way in the others stands beside it', async () => {
  const scope = { colo_names: ['fra01', 'ams01'], colo_regions: ['APAC'] }
  await destination({ to: '10.29.4.7' }, [
    { ...route('10.29.0.0/16', '10.0.0.9', 50), scope },
    route('10.29.0.0/16', '10.0.0.0', 100),
  ])
  const now = page.getByRole('region', { name: '10.29.4.7 now' })
  await reads(now, /only in the region APAC and the data centres fra01, ams01/)
  await reads(page.getByRole('region', { name: '10.29.4.7 in all other data centres' }), /Goes through/)
})
