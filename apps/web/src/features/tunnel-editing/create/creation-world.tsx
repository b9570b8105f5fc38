import type { AddressesAnswer } from '@tunnel-console/shared/addresses'
import { blankDraft } from '@tunnel-console/shared/draft'
import { useState } from 'react'
import { onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { type Answer, type Answers, fakeBff, show } from '../../../test/bff.tsx'
import { branch, list } from '../test/world.ts'
import { CreateTunnel } from './create-tunnel.tsx'
import { dropCreation, type KeyPlan, keepCreation, newCreation } from './creation-draft.ts'
import type { CreationView } from './creation-steps.ts'

export const known: AddressesAnswer = {
  pools: ['10.252.2.0/24'],
  reserved: [],
  taken: [
    { subnet: '10.252.2.20/31', kind: 'ipsec', id: branch.id, name: 'branch-07' },
    { subnet: '10.252.2.40/30', kind: 'gre', id: 'g', name: 'old-gre' },
  ],
  holds: [],
  checked: [
    { source: 'ipsec', readable: true, count: 44, fetchedAt: null },
    { source: 'gre', readable: false, count: 0, fetchedAt: null },
    { source: 'leases', readable: true, count: 1, fetchedAt: null },
  ],
  next: '10.252.2.0/31',
  cloudflareEndpoints: [
    { address: '162.159.64.1', tunnels: 1, leased: true },
    { address: '172.64.240.1', tunnels: 0, leased: true },
  ],
}

const until = '2026-11-28T15:32:00Z'
export const held = (address: string): Answer => ({
  status: 201,
  body: { hold: { id: 'h', interface_address: address, until }, checked: [] },
})

export const wanted = ({ body }: { body: unknown }) => (body as { interface_address?: string }).interface_address

export const usual: Answers = {
  'GET /api/tunnels': () => list(branch),
  'GET /api/addresses': () => ({ body: known }),
  'POST /api/addresses/holds': (sent) => held(wanted(sent) ?? '10.252.2.0/31'),
  'POST /api/tunnels?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-28T14:02:11Z' } }),
}

export const plans: (KeyPlan | null)[] = []

export function Steps({ first }: { first: CreationView }) {
  const [view, setView] = useState(first)
  return (
    <CreateTunnel
      view={view}
      onView={setView}
      onCreated={(_, plan) => plans.push(plan)}
      onCancel={() => undefined}
      onRestart={() => undefined}
    />
  )
}

export const whole = {
  ...blankDraft,
  name: 'oslo-a',
  cloudflare_endpoint: '162.159.64.1',
  interface_address: '10.252.2.4/31',
}

/** Opens a step with this much of a draft, as the tab has kept it. */
export async function open(first: CreationView, draft = whole, more: Answers = {}) {
  keepCreation('1', { ...newCreation(draft), done: [] })
  onTestFinished(() => {
    dropCreation()
    dropCreation('aside')
    plans.length = 0
  })
  const sent = fakeBff({ ...usual, ...more })
  await show(<Steps first={first} />)
  return sent
}

export const heading = (name: string) => page.getByRole('heading', { name, level: 2, exact: true })
export const field = (name: string) => page.getByLabelText(name, { exact: true })
