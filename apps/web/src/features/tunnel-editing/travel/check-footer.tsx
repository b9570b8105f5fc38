import { useNeed } from '../../../data/need.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { needText } from '../../../lib/need.ts'
import { Button } from '../../../ui/button.tsx'
import { DryRunProgress } from '../bulk/dry-run-progress.tsx'
import { FooterStrip } from '../write/form-footer.tsx'
import type { ShownRow } from './standing.ts'
import type { Travelling } from './use-travel.ts'

/** How far the dry run is. */
export function CheckProgress({ travel: { check } }: { travel: Travelling }) {
  const { progress, answers } = check
  const accepted = [...answers.values()].filter(({ outcome }) => outcome === 'valid').length
  const isOver = progress === null && answers.size > 0
  const result = isOver ? `Dry run: ${formatNumber(accepted)} of ${formatNumber(answers.size)} accepted` : ''
  return <DryRunProgress dry={check} result={result} />
}

interface CheckFooterProps {
  travel: Travelling
  shown: readonly ShownRow[]
  /** Chosen, and accepted by a dry run. */
  ready: readonly ShownRow[]
  onApply: () => void
}

/** A dry run of what is chosen, and the way on with what it accepts. */
export function CheckFooter({ travel, shown, ready, onApply }: CheckFooterProps) {
  const need = useNeed('tunnel.bulkUpdate')
  const cannot = useCannotSend()
  const { check, chosen, leftOut, progress } = travel
  const askable = shown.filter(({ key, asked }) => asked !== null && chosen.has(key))
  const busy = check.progress ? 'The dry run is still under way' : progress ? 'The rows are being checked' : undefined
  const closed = need ? needText(need) : (busy ?? cannot)
  return (
    <FooterStrip
      under="table"
      status={
        leftOut > 0
          ? `${count(leftOut, 'row')} to mend ${leftOut === 1 ? 'is' : 'are'} left out.`
          : 'Nothing is changed by a dry run.'
      }
    >
      <Button
        disabledReason={askable.length === 0 ? 'Choose a row that is right' : closed}
        onClick={() => void check.start(askable)}
      >
        Dry run of {formatNumber(askable.length)}
      </Button>
      <Button
        kind="primary"
        disabledReason={closed ?? (ready.length === 0 ? 'Make a dry run first' : undefined)}
        onClick={onApply}
      >
        Go on with {formatNumber(ready.length)}
      </Button>
    </FooterStrip>
  )
}
