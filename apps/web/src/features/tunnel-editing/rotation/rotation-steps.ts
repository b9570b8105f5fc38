import type { Mates } from '@tunnel-console/shared/site'
import { stateWords, type TunnelStatus } from '@tunnel-console/shared/status'
import type { DeviceStep, KeyNote } from './key-notes.ts'

export interface RotationStep {
  name: 'other' | 'generate' | 'traffic' | DeviceStep
  title: string
  state: 'done' | 'todo' | 'waiting' | 'warning'
  /** What is known of it. */
  detail: string
}

interface Known {
  note: KeyNote
  /** `null`: the other tunnels of the site cannot be read. */
  mates: Mates | null
  status: TunnelStatus | undefined
}

/** A rotation from both sides, in order. What can be seen from here is seen; what only the person knows is theirs to tick. */
export function rotationSteps({ note, mates, status }: Known): RotationStep[] {
  return [
    otherTunnel(mates),
    byHand(note, 'access', 'You can get at the device', 'Also when this tunnel is down: not through it.'),
    {
      name: 'generate',
      title: 'New key at Cloudflare',
      state: note.madeAt ? 'done' : 'todo',
      detail: note.madeAt ? '' : 'From then on new IKE negotiations need the new key.',
    },
    byHand(note, 'pasted', 'New key on the device', ''),
    byHand(
      note,
      'reestablished',
      'Tunnel re-established on the device',
      'Otherwise the old session lives on until it expires.',
    ),
    traffic(note, status),
  ]
}

/** Nothing is left but to put the checklist away. */
export const isThrough = (steps: readonly RotationStep[]): boolean =>
  steps.every(({ name, state }) => state === 'done' || name === 'other')

function byHand({ ticks }: KeyNote, name: DeviceStep, title: string, detail: string): RotationStep {
  return { name, title, detail, state: ticks[name] ? 'done' : 'todo' }
}

function otherTunnel(mates: Mates | null): RotationStep {
  const step = { name: 'other', title: 'Another tunnel of the site is up' } as const
  if (mates === null) return { ...step, state: 'warning', detail: 'The other tunnels could not be read.' }
  const [first] = mates.healthy
  if (first !== undefined) return { ...step, state: 'done', detail: mates.healthy.join(', ') }
  return {
    ...step,
    state: 'warning',
    detail: `None is: ${mates.site} is without traffic from the change at Cloudflare until the device has the new key.`,
  }
}

function traffic({ ticks, madeAt }: KeyNote, status: TunnelStatus | undefined): RotationStep {
  const step = { name: 'traffic', title: 'Health and BGP are up again' } as const
  const since = Date.parse(ticks.reestablished ?? '')
  if (!madeAt || Number.isNaN(since)) return { ...step, state: 'todo', detail: 'The console looks for it by itself.' }
  if (status?.state === 'not-monitored') {
    return { ...step, state: 'warning', detail: 'The health check is off: see at the device whether traffic passes.' }
  }
  const isNews = Date.parse(status?.health?.at ?? '') > since
  if (status?.state === 'up' && isNews) return { ...step, state: 'done', detail: '' }
  const now = status ? `${stateWords[status.state]}${isNews ? '' : ', from before'}` : 'unknown'
  return { ...step, state: 'waiting', detail: `Waiting. The last reading: ${now}. It can take minutes.` }
}
