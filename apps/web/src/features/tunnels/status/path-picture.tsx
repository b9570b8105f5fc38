import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import { type PathStep, pathOf } from '@tunnel-console/shared/tunnel-path'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { type Look, stateLook } from '../../../ui/state-look.ts'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { Panel } from '../panel.tsx'

interface PathPictureProps {
  tunnel: VisibleTunnel
  status: TunnelStatus | undefined
  sources: StatusAnswer['sources'] | undefined
  /** The status is too old to be told as news. */
  isOld: boolean
}

/** The way through the tunnel, step by step: where it is known to work, where not, and what nobody can see from here. */
export function PathPicture({ isOld, ...facts }: PathPictureProps) {
  return (
    <Panel title="Path through the tunnel">
      <ol aria-label="Steps of the path" className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-5">
        {pathOf(facts).map((step) => (
          <Step key={step.name} step={step} isOld={isOld} />
        ))}
      </ol>
    </Panel>
  )
}

function Step({ step, isOld }: { step: PathStep; isOld: boolean }) {
  return (
    <li className="min-w-0 border-t border-line pt-2 text-13">
      <span className="block text-12 text-fg-3">{step.name}</span>
      <StateBadge {...lookOf(step, isOld)} look="plain" />
      <span className="block text-fg-2 [overflow-wrap:anywhere]">{step.why}</span>
      <span className="block text-12 text-fg-3">
        {step.at ? (
          <>
            As of <TimeAgo at={step.at} />
          </>
        ) : (
          'No source tells when'
        )}
      </span>
    </li>
  )
}

/** "Then: fails": the words of a step are no states that "was" could stand before. */
function lookOf({ state, word }: PathStep, isOld: boolean): Look {
  const look = { ...stateLook(state), word }
  if (!isOld || state === 'unknown' || state === 'not-monitored') return look
  return { ...look, tone: 'unknown', word: `Then: ${word.charAt(0).toLowerCase()}${word.slice(1)}` }
}
