import { formClass } from '../write/form-footer.tsx'
import { ApplyFooter, useApplyClosed } from './apply-footer.tsx'
import { ApplyStep } from './apply-step.tsx'
import type { Applying } from './use-applying.ts'
import type { BulkEditing } from './use-bulk-edit.ts'

interface ApplyPageProps {
  editing: BulkEditing
  applying: Applying
  onBack: () => void
}

/** The last step with its buttons. */
export function ApplyPage({ editing, applying, onBack }: ApplyPageProps) {
  const { form, isBusy, apply } = applying
  const closed = useApplyClosed(applying, editing.draft.reason)
  const isLater = form.startsAt !== null && form.way === 'job'
  return (
    <div className={formClass}>
      <ApplyStep
        editing={editing}
        form={form}
        onChange={applying.setForm}
        onEnter={closed === undefined && !isBusy ? apply : undefined}
      />
      <ApplyFooter
        status={isLater ? 'Nothing happens before its time.' : 'Nothing has been changed.'}
        isBusy={isBusy}
        closed={closed}
        onBack={onBack}
        onApply={apply}
      />
    </div>
  )
}

/** In the order in which they are sent. */
export const namesOf = ({ rows }: BulkEditing) =>
  rows.filter(({ result }) => result === 'will-change').map(({ id, name }) => name || id)
