import { count, formatNumber } from '../../../lib/format.ts'
import { JobFields } from '../bulk/apply-fields.tsx'
import { ApplyFooter, useApplyClosed } from '../bulk/apply-footer.tsx'
import { CountField } from '../bulk/apply-step.tsx'
import { GuardLines } from '../bulk/guard-lines.tsx'
import { Standing } from '../bulk/standing.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { ReasonField } from '../stakes/reason-field.tsx'
import { formClass } from '../write/form-footer.tsx'
import type { ShownRow } from './standing.ts'
import { type ApplyingTravel, chunksOf } from './use-apply-travel.ts'

interface ApplyTravelProps {
  rows: readonly ShownRow[]
  applying: ApplyingTravel
  onBack: () => void
}

/** The last step: how it is to happen, and the person's own number as a sign that they know how many. */
export function ApplyTravel({ rows, applying, onBack }: ApplyTravelProps) {
  const { form, setForm, isBusy, apply } = applying
  const closed = useApplyClosed(applying, applying.reason)
  const jobs = chunksOf(rows.flatMap(({ planned }) => planned ?? [])).length
  const hasUpdates = rows.some(({ kind }) => kind === 'update')
  return (
    <div className={formClass}>
      <div className="flex max-w-form flex-col gap-6">
        <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
          Apply to {count(rows.length, 'tunnel')}
        </h2>
        <Standing applying={applying} names={jobs === 1 ? rows.map(({ name }) => name) : []} />
        <GuardLines rows={rows.map(guarded)} />
        {jobs > 1 && (
          <p className="text-14 text-fg-2">
            It takes {formatNumber(jobs)} jobs, which are carried out one after the other. Each can be paused by itself.
          </p>
        )}
        <JobFields form={form} onChange={setForm} isForGood={!hasUpdates} />
        <ReasonField value={applying.reason} onChange={applying.setReason} isOptional />
        <CountField
          expected={rows.length}
          value={form.typedCount}
          onChange={(typedCount) => setForm({ ...form, typedCount })}
          onEnter={closed === undefined && !isBusy ? apply : undefined}
        />
      </div>
      <ApplyFooter status="Nothing has been changed." isBusy={isBusy} closed={closed} onBack={onBack} onApply={apply} />
    </div>
  )
}

/** What the guard of a bulk edit asks of a row. A new tunnel hangs on nothing yet. */
const guarded = ({ id, key, name, changes, effects }: ShownRow) => ({
  id: id ?? key,
  name,
  result: 'will-change' as const,
  changes,
  effects,
  reason: '',
  change: null,
})
