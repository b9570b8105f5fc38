import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import { stateWords, type TunnelStatus } from '@tunnel-console/shared/status'
import type { TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import type { ReactNode } from 'react'
import { shortTime } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Callout } from '../../../ui/callout.tsx'
import { Skeleton } from '../../../ui/skeleton-bar.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { statusLook } from '../looks.ts'
import { WhyFailed } from '../why-failed.tsx'
import { CauseWords, NextSteps } from './cause-lines.tsx'
import { effectOf } from './effect-words.ts'
import { Since } from './since.tsx'

export interface VerdictProps {
  tunnelId: string
  /** As every page polls it. */
  status: TunnelStatus | undefined
  sources: StatusAnswer['sources'] | undefined
  /** The status is too old to be told as news. */
  isOld: boolean
  /** Why no newer status could be read. */
  problem: Problem | null
  /** What only this tunnel's page asks for. */
  detail: { answer: TunnelStatusAnswer | undefined; problem: Problem | null }
}

/** Four lines for whoever asks "is it up, since when, does it hurt, what now": state, effect, likely cause, next step. */
export function VerdictCard({ tunnelId, detail, ...standing }: VerdictProps) {
  const { status, isOld } = standing
  useStore(timesInUtc)
  if (!status) {
    return (
      <Callout title="Unknown">
        No status could be read for this tunnel yet.
        <WhyNoNews {...standing} />
      </Callout>
    )
  }
  const look = statusLook(status, isOld)
  return (
    <Callout
      tone={look.tone}
      title={
        <span className="flex flex-wrap items-center gap-x-2 text-16">
          <StateBadge {...look} word={look.word.includes(',') ? `${look.word},` : look.word} look="plain" />
          <Since {...status} />
        </span>
      }
    >
      <Basis {...standing} status={status} />
      {isOld && <p>What follows was known then.</p>}
      <dl className="mt-3 flex flex-col gap-3">
        <EffectLine status={status} />
        <DetailLines tunnelId={tunnelId} state={status.state} detail={detail} />
      </dl>
    </Callout>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[8.5rem_1fr]">
      <dt className="text-13 text-fg-3 sm:pt-px">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

function EffectLine({ status }: { status: TunnelStatus }) {
  const { word, why } = effectOf(status)
  return (
    <Line label="Affects traffic">
      <p className="text-fg">
        <strong className="font-semibold">{word}</strong>: {why}
      </p>
    </Line>
  )
}

function DetailLines({
  tunnelId,
  state,
  detail,
}: Pick<VerdictProps, 'tunnelId' | 'detail'> & Pick<TunnelStatus, 'state'>) {
  const { answer, problem } = detail
  // A tunnel that is gone has no cause any more; the page says so above.
  if (!answer && problem?.code === 'not-found') return null
  if (!answer && problem) {
    return (
      <Line label="Likely cause">
        Not known: {problem.title}. The console keeps trying.
        <WhyFailed failures={{ Cause: problem }} />
      </Line>
    )
  }
  if (!answer) return state === 'up' ? null : <Line label="Likely cause">{<Skeleton className="w-64" />}</Line>
  // The page polls both, and one may be ahead: a cause of another state is none of this one.
  const cause = answer.status.state === state ? answer.cause : null
  return (
    <>
      {answer.recovery && state !== 'up' && <Recovery recovery={answer.recovery} />}
      {cause && (
        <Line label="Likely cause">
          <CauseWords cause={cause} />
        </Line>
      )}
      {cause && cause.next.length > 0 && (
        <Line label="Next">
          <NextSteps tunnelId={tunnelId} steps={cause.next} />
        </Line>
      )}
    </>
  )
}

/** Cloudflare holds a lower state for five minutes at least, and until 30 probes in a row are good: up to half an hour. */
function Recovery({ recovery }: { recovery: NonNullable<TunnelStatusAnswer['recovery']> }) {
  useStore(timesInUtc)
  return (
    <Line label="Recovery">
      <p className="text-fg">
        Checks pass since <TimeAgo at={recovery.passingSince} format={shortTime} />; Cloudflare waits at least until{' '}
        <TimeAgo at={recovery.earliest} format={shortTime} />, and up to half an hour.
      </p>
    </Line>
  )
}

/** Why it is this state, and how old and from where that is. "Unknown" is never bare. */
function Basis({ status, ...rest }: Pick<VerdictProps, 'sources' | 'isOld' | 'problem'> & { status: TunnelStatus }) {
  const [asOf, basis] = basisOf(status, rest.sources, rest.isOld)
  const isUnsure = status.state === 'unknown' || rest.isOld
  return (
    <>
      <p>
        {status.reason}.{' '}
        {asOf && (
          <span className="text-13">
            As of <TimeAgo at={asOf} />, from {basis}.
          </span>
        )}
      </p>
      {isUnsure && <LastData status={status} />}
      {isUnsure && <WhyNoNews {...rest} />}
    </>
  )
}

function WhyNoNews({ sources, problem }: Pick<VerdictProps, 'sources' | 'problem'>) {
  const failures = {
    Status: problem,
    'Tunnel list': sources?.tunnels.failure,
    'Health data': sources?.health.failure,
  }
  return <WhyFailed failures={failures} />
}

/** Reading the list is no data about the tunnel's health. */
function LastData({ status: { health, bgp, was } }: { status: TunnelStatus }) {
  const [at, source] = health ? [health.at, 'health checks'] : [bgp?.updatedAt, 'BGP']
  return (
    <>
      {was && (
        <p className="text-fg">
          It was {stateWords[was.state]}, <TimeAgo at={was.at} />.
        </p>
      )}
      {at ? (
        <p>
          Last data <TimeAgo at={at} />, source: {source}.
        </p>
      ) : (
        !was && <p>Neither health checks nor BGP have told anything yet.</p>
      )}
    </>
  )
}

/** When the verdict was true, and what it rests on: no key and no monitoring are told by the list alone. */
function basisOf({ state, health, bgp }: TunnelStatus, sources: StatusAnswer['sources'] | undefined, isOld: boolean) {
  const list = sources?.tunnels.at
  const isFromList = state === 'needs-key' || state === 'not-monitored'
  if (isFromList || (!health && !bgp)) return [list, 'the tunnel list'] as const
  if (!health) return [list, 'the tunnel list and BGP'] as const
  return [isOld ? list : (sources?.health.at ?? list), bgp ? 'health checks and BGP' : 'health checks'] as const
}
