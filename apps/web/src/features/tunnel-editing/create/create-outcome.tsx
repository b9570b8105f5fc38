import { AddressWarnings } from '../write/address-warnings.tsx'
import { FailedWrite, NotValidated } from '../write/failed-write.tsx'
import { unknownTitle } from '../write/footer.ts'
import { UnknownPanel } from '../write/unknown-panel.tsx'
import type { Creating } from './use-create-tunnel.ts'

/** What stands between the form and its tunnel, next to the button that was pressed. */
export function CreateOutcome({ creating }: { creating: Creating }) {
  const { phase, watch } = creating
  const { stop, verdict } = creating.state
  if (stop?.kind === 'unknown') {
    return <UnknownPanel title={unknownTitle('created')} lost={stop} watch={watch} />
  }
  if (stop?.kind === 'unchanged') {
    return <FailedWrite problem={stop.problem} onRetry={() => void creating.create()} />
  }
  if (verdict?.kind === 'unavailable' && phase === 'unavailable') {
    return <NotValidated problem={verdict.problem} onRetry={() => void creating.validate()} />
  }
  return <AddressWarnings phase={phase} verdict={verdict} />
}
