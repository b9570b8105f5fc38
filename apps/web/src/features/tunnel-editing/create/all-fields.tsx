import { createCall } from '@tunnel-console/shared/travel/curl'
import { useCurl } from '../../../data/curl.ts'
import { Button } from '../../../ui/button.tsx'
import { CurlButton } from '../../../ui/curl-button.tsx'
import { SectionList } from '../form/form-sections.tsx'
import { ProblemSummary, problemsOn } from '../form/problem-summary.tsx'
import { TunnelFields } from '../form/tunnel-fields.tsx'
import type { NeighbourTunnel } from '../form/use-tunnel-form.ts'
import { keyComplaint } from '../psk/key-words.ts'
import { CreateFooter } from './create-footer.tsx'
import { CreateOutcome } from './create-outcome.tsx'
import { InsideProposal } from './inside-proposal.tsx'
import { ListUnread } from './list-unread.tsx'
import { OwnKeySection } from './own-key-section.tsx'
import type { Creation } from './use-creation.ts'

interface AllFieldsProps {
  creation: Creation
  neighbours: readonly NeighbourTunnel[]
  onSteps: () => void
  onCancel: () => void
}

/** The plain form: every field of the draft at once, for whoever knows them. */
export function AllFields({ creation, neighbours, onSteps, onCancel }: AllFieldsProps) {
  const { creating, own } = creation
  const { kit, phase } = creating
  const curl = useCurl()
  const { verdict } = creating.state
  const wrong = problemsOn(kit.errors)
  return (
    <>
      <div className="grid gap-x-12 lg:grid-cols-[13rem_minmax(0,var(--form-width))]">
        <SectionList changed={[]} wrong={wrong.map(({ path }) => path)} />
        <div className="flex max-w-form min-w-0 flex-col gap-6">
          {verdict?.kind === 'invalid' && (wrong.length > 0 || phase === 'invalid') && (
            <ProblemSummary key={verdict.stamp} kit={kit} problem={verdict.problem} />
          )}
          <ListUnread />
          {/* What was sent stays as it was, until it is known what became of it. */}
          <div inert={phase === 'unknown'} className="min-w-0">
            <TunnelFields
              kit={kit}
              neighbours={neighbours}
              proposal={<InsideProposal creation={creation} neighbours={neighbours} />}
            />
            <OwnKeySection own={own} onChange={creation.bringKey} problem={creating.keyProblem} />
          </div>
          <CreateOutcome creating={creating} />
          <div>
            <CurlButton command={() => curl(createCall(kit.draft))} />
          </div>
        </div>
      </div>
      <CreateFooter
        creating={creating}
        keyReason={keyComplaint(own.psk) === null ? undefined : 'The pre-shared key cannot be used as it is'}
      >
        <Button kind="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button kind="ghost" onClick={onSteps}>
          Step by step
        </Button>
      </CreateFooter>
    </>
  )
}
