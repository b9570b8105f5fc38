import { useNeed } from '../../../data/need.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/need.ts'
import { serverNow } from '../../../lib/server-clock.ts'
import { Button } from '../../../ui/button.tsx'
import { momentProblem } from '../../../ui/moment-field.tsx'
import { reasonComplaint } from '../stakes/reason-field.tsx'
import { FooterStrip } from '../write/form-footer.tsx'
import { type ApplyForm, numberProblem } from './apply-options.ts'
import { isCount } from './apply-step.tsx'

interface ApplyFooterProps {
  status: string
  isBusy: boolean
  /** Why it cannot be applied yet, if so. */
  closed: string | undefined
  /** What the press does, and how much it matters. */
  label?: string
  kind?: 'primary' | 'danger'
  onBack: () => void
  onApply: () => void
}

/** Back, and the press that begins. */
export function ApplyFooter({ label = 'Apply', kind = 'primary', ...props }: ApplyFooterProps) {
  const { status, isBusy, closed, onBack, onApply } = props
  return (
    <FooterStrip under="column" status={status}>
      <Button disabledReason={isBusy ? 'It is being started' : undefined} reasonPlace="described" onClick={onBack}>
        Back
      </Button>
      <Button kind={kind} busy={isBusy} disabledReason={isBusy ? undefined : closed} onClick={onApply}>
        {label}
      </Button>
    </FooterStrip>
  )
}

interface ToApply {
  form: ApplyForm
  /** So many the person has to type. */
  count: number
  isLost: boolean
}

/** Why many changes cannot be applied yet, if so. */
export function useApplyClosed({ form, count, isLost }: ToApply, reason: string): string | undefined {
  const need = useNeed('tunnel.bulkUpdate')
  const cannot = useCannotSend()
  if (isLost) return 'It is not known whether this has begun'
  if (need) return needText(need)
  const isJob = form.way === 'job'
  if (isJob && numberProblem('batchSize', form.batchSize)) return 'The batch size is not right'
  if (isJob && numberProblem('pauseSeconds', form.pauseSeconds)) return 'The pause is not right'
  if (isJob && form.startsAt !== null && momentProblem(form.startsAt, serverNow())) return 'The start is not right'
  const untyped = isCount(form.typedCount, count) ? undefined : `Type ${count} first`
  return reasonComplaint(reason) ?? untyped ?? cannot
}
