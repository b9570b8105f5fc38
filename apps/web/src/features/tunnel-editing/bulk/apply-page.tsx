import type { FieldError } from '@tunnel-console/shared/problem'
import { useNeed } from '../../../data/session.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/role-words.ts'
import { serverNow } from '../../../lib/server-clock.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { momentProblem } from '../../../ui/moment-field.tsx'
import { reasonComplaint } from '../stakes/reason-field.tsx'
import { FooterStrip, formClass } from '../write/form-footer.tsx'
import { type ApplyForm, numberProblem } from './apply-options.ts'
import { ApplyStep, isCount } from './apply-step.tsx'
import type { Applying } from './use-applying.ts'
import type { BulkEditing } from './use-bulk-edit.ts'

interface ApplyPageProps {
  editing: BulkEditing
  applying: Applying
  onBack: () => void
}

/** The last step with its buttons. */
export function ApplyPage({ editing, applying, onBack }: ApplyPageProps) {
  const { form, isBusy, isLost, apply } = applying
  const missing = useMissing(form, applying.count, editing.draft.reason)
  const closed = isLost ? 'It is not known whether this has begun' : missing
  const isLater = form.startsAt !== null && form.way === 'job'
  return (
    <div className={formClass}>
      <ApplyStep
        editing={editing}
        form={form}
        onChange={applying.setForm}
        onEnter={closed === undefined && !isBusy ? apply : undefined}
      />
      <FooterStrip status={isLater ? 'Nothing happens before its time.' : 'Nothing has been changed.'}>
        <Button disabledReason={isBusy ? 'It is being started' : undefined} reasonPlace="described" onClick={onBack}>
          Back
        </Button>
        <Button kind="primary" busy={isBusy} disabledReason={isBusy ? undefined : closed} onClick={apply}>
          Apply
        </Button>
      </FooterStrip>
    </div>
  )
}

/** Why it cannot be applied yet, if so. */
function useMissing(form: ApplyForm, count: number, reason: string): string | undefined {
  const need = useNeed('tunnel.bulkUpdate')
  const cannot = useCannotSend()
  if (need) return needText(need)
  const isJob = form.way === 'job'
  if (isJob && numberProblem('batchSize', form.batchSize)) return 'The batch size is not right'
  if (isJob && numberProblem('pauseSeconds', form.pauseSeconds)) return 'The pause is not right'
  if (isJob && form.startsAt !== null && momentProblem(form.startsAt, serverNow())) return 'The start is not right'
  const untyped = isCount(form.typedCount, count) ? undefined : `Type ${count} first`
  return reasonComplaint(reason) ?? untyped ?? cannot
}

/** What the last attempt came to; after a reload, also before there is a dry run again. */
export function Standing({ applying, names }: { applying: Applying; names: readonly string[] }) {
  const { problem, isLost, isBusy, again } = applying
  if (problem === null && !isLost) return null
  return (
    <div className="mb-5 max-w-form">
      {problem && (
        <ErrorPanel problem={problem} isAlert>
          <WhatIsWrong errors={problem.errors ?? []} names={names} />
        </ErrorPanel>
      )}
      {isLost && (
        <Banner
          kind="warning"
          role="alert"
          title="The answer was lost. It is not known whether this has begun."
          actions={
            <Button size="small" busy={isBusy} onClick={again}>
              Ask again
            </Button>
          }
        >
          Asking again sends the same request: it happens once, and tells what became of it.
        </Banner>
      )}
    </div>
  )
}

/** In the order in which they are sent. */
export const namesOf = ({ rows }: BulkEditing) =>
  rows.filter(({ result }) => result === 'will-change').map(({ id, name }) => name || id)

/** What the console did not take: of which tunnel, where it is one's. */
function WhatIsWrong({ errors, names }: { errors: readonly FieldError[]; names: readonly string[] }) {
  if (errors.length === 0) return null
  const whose = (pointer: string) => names[Number(/^\/tunnels\/(\d+)\b/.exec(pointer)?.[1] ?? Number.NaN)]
  return (
    <ul className="mt-2 list-disc pl-5 text-fg-2">
      {errors.slice(0, toldAtMost).map(({ pointer, detail }) => (
        <li key={`${pointer} ${detail}`}>
          {whose(pointer) && `${whose(pointer)}: `}
          {detail}
        </li>
      ))}
      {errors.length > toldAtMost && <li>and {errors.length - toldAtMost} more</li>}
    </ul>
  )
}

const toldAtMost = 10
