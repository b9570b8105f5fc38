import { useNeed } from '../../../data/session.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { needText } from '../../../lib/role-words.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { momentProblem } from '../../../ui/moment-field.tsx'
import { JobFields } from '../bulk/apply-fields.tsx'
import { numberProblem } from '../bulk/apply-options.ts'
import { CountField, isCount } from '../bulk/apply-step.tsx'
import { GuardLines } from '../bulk/guard-lines.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { ReasonField, reasonComplaint } from '../stakes/reason-field.tsx'
import { FooterStrip, formClass } from '../write/form-footer.tsx'
import type { ShownRow } from './standing.ts'
import { type ApplyingTravel, chunksOf } from './use-apply-travel.ts'

interface ApplyTravelProps {
  rows: readonly ShownRow[]
  applying: ApplyingTravel
  onBack: () => void
}

/** The last step: how it is to happen, and the person's own number as a sign that they know how many. */
export function ApplyTravel({ rows, applying, onBack }: ApplyTravelProps) {
  const { form, setForm, isBusy, isLost, apply } = applying
  const missing = useMissing(applying)
  const closed = isLost ? 'It is not known whether this has begun' : missing
  const hasUpdates = rows.some(({ kind }) => kind === 'update')
  return (
    <div className={formClass}>
      <div className="flex max-w-form flex-col gap-6">
        <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
          Apply to {count(rows.length, 'tunnel')}
        </h2>
        <Ended applying={applying} />
        <GuardLines rows={rows.map(guarded)} />
        <SeveralJobs rows={rows} />
        <JobFields form={form} onChange={setForm} isForGood={!hasUpdates} />
        <ReasonField value={applying.reason} onChange={applying.setReason} isOptional />
        <CountField
          expected={rows.length}
          value={form.typedCount}
          onChange={(typedCount) => setForm({ ...form, typedCount })}
          onEnter={closed === undefined && !isBusy ? apply : undefined}
        />
      </div>
      <FooterStrip status="Nothing has been changed.">
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

function SeveralJobs({ rows }: { rows: readonly ShownRow[] }) {
  const jobs = chunksOf(rows.flatMap(({ planned }) => planned ?? [])).length
  if (jobs <= 1) return null
  return (
    <p className="text-14 text-fg-2">
      It takes {formatNumber(jobs)} jobs, which are carried out one after the other. Each can be paused by itself.
    </p>
  )
}

/** Why it cannot be applied yet, if so. */
function useMissing({ form, count: expected, reason }: ApplyingTravel): string | undefined {
  const need = useNeed('tunnel.bulkUpdate')
  const cannot = useCannotSend()
  if (need) return needText(need)
  if (numberProblem('batchSize', form.batchSize)) return 'The batch size is not right'
  if (numberProblem('pauseSeconds', form.pauseSeconds)) return 'The pause is not right'
  if (form.startsAt !== null && momentProblem(form.startsAt, new Date())) return 'The start is not right'
  const untyped = isCount(form.typedCount, expected) ? undefined : `Type ${expected} first`
  return reasonComplaint(reason) ?? untyped ?? cannot
}

/** What the last attempt came to. */
function Ended({ applying: { problem, isLost, isBusy, again } }: { applying: ApplyingTravel }) {
  if (problem)
    return (
      <ErrorPanel problem={problem} isAlert>
        <ul className="mt-2 list-disc pl-5 text-fg-2">
          {(problem.errors ?? []).slice(0, 10).map(({ pointer, detail }) => (
            <li key={pointer}>{detail}</li>
          ))}
        </ul>
      </ErrorPanel>
    )
  if (!isLost) return null
  return (
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
  )
}
