import type { TunnelStatus } from '@tunnel-console/shared/status'

export interface WaitingStep {
  name: 'probe' | 'bgp'
  title: string
  state: 'done' | 'waiting' | 'todo' | 'warning'
  detail: string
  /** When it was done. UTC, ISO 8601. */
  at: string | null
}

/** What is known while somebody waits for a tunnel to come up. */
export interface Waiting {
  status: TunnelStatus | undefined
  /** The status is too old, or its source failed: it says nothing of now. */
  isOld: boolean
  /** The tunnel is of today: nothing has come up before. */
  isNew: boolean
  usesBgp: boolean
  /** When the first probe was answered that this page has waited for; `null`: it was not waiting then. */
  firstProbeAt: string | null
}

/** Whether some probe came back. A figure that is too old to believe is none. */
export const isAnswered = ({ status, isOld }: Pick<Waiting, 'status' | 'isOld'>): boolean =>
  !isOld && (status?.health?.score ?? 0) > 0

/** Whether there is nothing left to wait for: only what is fresh and up says so. */
export const isThrough = ({ status, isOld }: Pick<Waiting, 'status' | 'isOld'>): boolean =>
  !isOld && status?.state === 'up'

/** How far a tunnel has come, from the status that is polled anyway. Cloudflare tells of probes and BGP, not of IKE. */
export function waitingSteps(known: Waiting): WaitingStep[] {
  const probe = probeStep(known)
  return known.usesBgp ? [probe, bgpStep(known, probe)] : [probe]
}

function probeStep(known: Waiting): WaitingStep {
  const { status, isOld, isNew, firstProbeAt } = known
  const step = { name: 'probe', at: null } as const
  const waitsFor = isNew ? 'Waiting for the first key exchange…' : 'Waiting for a probe to be answered…'
  if (status?.state === 'needs-key') {
    return {
      ...step,
      title: waitsFor,
      state: 'warning',
      detail: 'There is no pre-shared key yet: nothing can come up.',
    }
  }
  if (status?.state === 'not-monitored') {
    const detail = 'The health check is off: Cloudflare sends no probe. See at the device whether the session is up.'
    return { ...step, title: 'No probe is awaited', state: 'warning', detail }
  }
  if (isOld || !status) {
    return {
      ...step,
      title: waitsFor,
      state: 'waiting',
      detail: 'There is no fresh status. It is read again by itself.',
    }
  }
  if (!isAnswered(known)) {
    const detail =
      'The device begins: Cloudflare only answers. First results can take minutes, since probes come from many places.'
    return { ...step, title: waitsFor, state: 'waiting', detail }
  }
  const title = firstProbeAt ? 'First probe answered' : 'Probes are answered'
  return { ...step, title, state: 'done', detail: '', at: firstProbeAt ?? status.health?.at ?? null }
}

function bgpStep({ status, isOld }: Waiting, probe: WaitingStep): WaitingStep {
  const step = { name: 'bgp', at: null, detail: '' } as const
  const bgp = isOld ? null : status?.bgp
  if (bgp?.state === 'up') return { ...step, title: 'BGP up', state: 'done', at: bgp.updatedAt }
  if (bgp?.state === 'establishing') return { ...step, title: 'BGP is being established…', state: 'waiting' }
  if (probe.state === 'waiting')
    return { ...step, title: 'BGP', state: 'todo', detail: 'It comes once the tunnel is up.' }
  const detail = 'The device begins here too: compare neighbour, ASNs and MD5 key.'
  return { ...step, title: 'Waiting for BGP…', state: 'waiting', detail }
}

/** What there is to say of it now, in one sentence: for the panel’s title and for screen readers. */
export function waitingWords(known: Waiting): string {
  if (isThrough(known)) return 'The tunnel is up'
  const steps = waitingSteps(known)
  const next = steps.find(({ state }) => state !== 'done')
  if (next) return next.title
  const { status } = known
  return status ? `Not up yet: ${status.reason}` : 'Waiting for a status…'
}
