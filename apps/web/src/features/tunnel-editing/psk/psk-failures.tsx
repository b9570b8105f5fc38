import type { Problem } from '@tunnel-console/shared/problem'
import { Callout } from '../../../ui/callout.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { UnknownPanel } from '../write/unknown-panel.tsx'
import type { Watch } from '../write/use-outcome.ts'
import type { Stop } from '../write/write-state.ts'
import { StepStart } from './psk-steps.tsx'

const lostWords =
  'A new key may have been made, but its value is lost. Generate again to be sure: the newest key is the one that counts.'

/** Whether the first request may still bring a key: then another one would only race with it. */
export function isStillAsking({ answer, problem }: Watch): boolean {
  return problem === null && (answer === null || answer.outcome === 'running')
}

export function UnknownStep({ lost, watch }: { lost: Extract<Stop, { kind: 'unknown' }>; watch: Watch }) {
  const title = 'We do not know yet whether a new key was made'
  return <UnknownPanel title={title} lost={lost} watch={watch} whenUnknown={lostWords} />
}

export function LostStep() {
  return (
    <StepStart>
      <div role="alert">
        <Callout tone="degraded">{lostWords}</Callout>
      </div>
    </StepStart>
  )
}

export function FailedStep({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const isSoon = problem.retryAfter !== undefined
  return (
    <StepStart>
      <ErrorPanel
        problem={{ ...problem, title: `${problem.title}. No key was generated.` }}
        onRetry={isSoon ? onRetry : undefined}
        isAlert
      />
    </StepStart>
  )
}
