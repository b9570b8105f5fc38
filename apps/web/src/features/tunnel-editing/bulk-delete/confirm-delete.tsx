import { useNeed } from '../../../data/need.ts'
import { count } from '../../../lib/format.ts'
import { needText } from '../../../lib/need.ts'
import { JobFields } from '../bulk/apply-fields.tsx'
import { ApplyFooter, useApplyClosed } from '../bulk/apply-footer.tsx'
import { CountField } from '../bulk/apply-step.tsx'
import { GuardLines } from '../bulk/guard-lines.tsx'
import { Standing } from '../bulk/standing.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { ReasonField } from '../stakes/reason-field.tsx'
import { formClass } from '../write/form-footer.tsx'
import type { BulkDeleting } from './use-bulk-delete.ts'

/** The last step: how the job goes about it, why, and the person's own number as a sign that they know how many. */
export function ConfirmDelete({ deleting, onBack }: { deleting: BulkDeleting; onBack: () => void }) {
  const { form, setForm, rows, draft, isBusy, apply } = deleting
  const need = useNeed('tunnel.delete')
  const otherwise = useApplyClosed(deleting, draft.reason)
  const closed = need ? needText(need) : otherwise
  const names = rows.filter(({ result }) => result === 'will-change').map(({ id, name }) => name || id)
  const isLater = form.startsAt !== null
  return (
    <div className={formClass}>
      <div className="flex max-w-form flex-col gap-6">
        <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
          Delete {count(deleting.count, 'tunnel')}
        </h2>
        <Standing applying={{ ...deleting, again: deleting.repeat }} names={names} />
        <GuardLines rows={rows} title="Before you delete them" />
        <JobFields form={form} onChange={setForm} isForGood />
        <ReasonField value={draft.reason} onChange={deleting.setReason} />
        <CountField
          expected={deleting.count}
          outcome="deleted"
          value={form.typedCount}
          onChange={(typedCount) => setForm({ ...form, typedCount })}
          onEnter={closed === undefined && !isBusy ? apply : undefined}
        />
      </div>
      <ApplyFooter
        status={isLater ? 'Nothing happens before its time.' : 'Nothing has been deleted.'}
        isBusy={isBusy}
        closed={closed}
        label={isLater ? 'Schedule the deletion' : `Delete ${count(deleting.count, 'tunnel')}`}
        kind="danger"
        onBack={onBack}
        onApply={apply}
      />
    </div>
  )
}
