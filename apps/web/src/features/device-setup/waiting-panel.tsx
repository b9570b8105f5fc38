import { useQuery } from '@tanstack/react-query'
import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import type { Fetched } from '../../data/polled.ts'
import { useSession } from '../../data/session.ts'
import { isOldAt, statusQuery } from '../../data/status.ts'
import { clockTime } from '../../lib/exact-times.ts'
import { isSameDay, nearTime } from '../../lib/format.ts'
import { serverAhead } from '../../lib/server-clock.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { useAnnounceChange } from '../../ui/announcer.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { type Answered, useFirstProbe } from './use-first-probe.ts'
import { isAnswered, isThrough, type Waiting, type WaitingStep, waitingSteps, waitingWords } from './waiting-steps.ts'

interface WaitingPanelProps {
  tunnel: Pick<Tunnel, 'id' | 'bgp' | 'created_on'>
  /** What there is to do meanwhile. */
  children?: ReactNode
}

const newForMs = 24 * 3_600_000

/** Watches a tunnel come up, by the status that the page polls anyway. Nothing where it was up from the beginning. */
export function WaitingPanel(props: WaitingPanelProps) {
  const { data } = useQuery(statusQuery())
  return data && <Watched {...props} data={data} />
}

function Watched({ tunnel, children, data }: WaitingPanelProps & { data: Fetched<StatusAnswer> }) {
  const { user } = useSession()
  const isTooOld = useTimely((now) => isOldAt(data.fetchedAt, now))
  const status = data.body.statuses[tunnel.id]
  const reading = { status, isOld: isTooOld || !data.body.sources.health.ok }
  const firstProbeAt = useFirstProbe(tunnel.id, user.id, answerOf(reading))
  const age = Date.now() + serverAhead() - Date.parse(tunnel.created_on ?? '')
  const known = { ...reading, isNew: age < newForMs, usesBgp: tunnel.bgp !== null, firstProbeAt }
  useAnnounceChange(waitingWords(known))
  const hasWaited = useRef(false)
  hasWaited.current ||= !isThrough(known)
  if (!hasWaited.current) return null
  return <Panel isUp={isThrough(known)} steps={waitingSteps(known)} more={children} />
}

function answerOf(reading: Pick<Waiting, 'status' | 'isOld'>): Answered {
  const { status, isOld } = reading
  if (isAnswered(reading) && status?.health) return { at: status.health.at }
  return isOld || !status ? 'unknown' : 'none'
}

interface PanelProps {
  isUp: boolean
  steps: readonly WaitingStep[]
  more: ReactNode
}

function Panel({ isUp, steps, more }: PanelProps) {
  useStore(timesInUtc)
  return (
    <section
      aria-label="Coming up"
      className={`rounded-m border border-l-4 border-line bg-surface px-4 py-3 ${isUp ? 'border-l-up-fill' : 'border-l-establishing-fill'}`}
    >
      <div className="mb-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="text-14 font-semibold">{isUp ? 'The tunnel is up' : 'Until the tunnel is up'}</h2>
        {more}
      </div>
      <ol aria-label="Steps until it is up">
        {steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </section>
  )
}

const words: Record<WaitingStep['state'], string> = {
  done: 'done',
  todo: 'to come',
  waiting: 'waiting',
  warning: 'look out',
}

function Step({ step: { title, state, detail, at } }: { step: WaitingStep }) {
  return (
    <li className="flex gap-2.5 border-t border-line py-2 first:border-t-0">
      <span className="mt-0.5 shrink-0">
        {state === 'done' && <CircleCheck aria-hidden size={16} className="text-up-fg" />}
        {state === 'warning' && <TriangleAlert aria-hidden size={16} className="text-degraded-fg" />}
        {state === 'waiting' && <Spinner />}
        {state === 'todo' && <CircleDashed aria-hidden size={16} className="text-fg-3" />}
      </span>
      <div className="min-w-0">
        <p className="text-14">
          {at ? `${title} ${momentWords(at)}` : title}
          <span className="sr-only">: {words[state]}</span>
        </p>
        {detail && <p className="text-13 text-fg-3">{detail}</p>}
      </div>
    </li>
  )
}

function momentWords(iso: string): string {
  const at = new Date(iso)
  return isSameDay(at, new Date()) ? `at ${clockTime(at)}` : `on ${nearTime(at)}`
}
