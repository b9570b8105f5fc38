import type { Problem } from '@tunnel-console/shared/problem'
import { Callout } from '../../../ui/callout.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { UnknownPanel } from '../write/unknown-panel.tsx'
import type { Watch } from '../write/use-outcome.ts'
import type { Stop } from '../write/write-state.ts'
import { StepStart } from './psk-steps.tsx'

const lostWords =
  'A new key may have been made, but its value is lost. Generate again to be sure: the newest key is the one that counts.'

const ownLostWords =
  'Your key may be in force, or the one before it. Set it again to be sure: the same key again does no harm.'

/** Whether the first request may still bring a key: then another one would only race with it. */
export function isStillAsking({ answer, problem }: Watch): boolean {
  return problem === null && (answer === null || answer.outcome === 'running')
}

interface UnknownStepProps {
  isOwn: boolean
  lost: Extract<Stop, { kind: 'unknown' }>
  watch: Watch
}

export function UnknownStep({ isOwn, lost, watch }: UnknownStepProps) {
  const title = `We do not know yet whether ${isOwn ? 'your key was set' : 'a new key was made'}`
  return <UnknownPanel title={title} lost={lost} watch={watch} whenUnknown={isOwn ? ownLostWords : lostWords} />
}

export function LostStep({ isOwn }: { isOwn: boolean }) {
  return (
    <StepStart>
      <div role="alert">
        <Callout tone="degraded">{isOwn ? ownLostWords : lostWords}</Callout>
      </div>
    </StepStart>
  )
}

interface FailedStepProps {
  isOwn: boolean
  problem: Problem
  onRetry: () => void
}

export function FailedStep({ isOwn, problem, onRetry }: FailedStepProps) {
  const isSoon = problem.retryAfter !== undefined
  return (
    <StepStart>
      <ErrorPanel
        problem={{ ...problem, title: `${problem.title}. No key was ${isOwn ? 'set' : 'generated'}.` }}
        onRetry={isSoon ? onRetry : undefined}
        isAlert
      />
    </StepStart>
  )
}
