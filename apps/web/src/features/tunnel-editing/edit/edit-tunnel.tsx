import { useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { ReactNode } from 'react'
import { useNeed } from '../../../data/need.ts'
import { useCan } from '../../../data/session.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Guarded } from '../../../ui/guarded.tsx'
import { LeaveGuard } from '../../../ui/leave-guard.tsx'
import { changesText } from '../changes-text.ts'
import { SectionList } from '../form/form-sections.tsx'
import { ProblemSummary, problemsOn } from '../form/problem-summary.tsx'
import { TunnelFields } from '../form/tunnel-fields.tsx'
import { schedulingWords } from '../schedule/use-scheduling.ts'
import { AddressWarnings } from '../write/address-warnings.tsx'
import { NotValidated } from '../write/failed-write.tsx'
import { footerOf, unknownTitle } from '../write/footer.ts'
import { FormFooter, formClass } from '../write/form-footer.tsx'
import { leaveWords } from '../write/leave-words.ts'
import { useOthersChange } from './changed-notice.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { GoneDialog } from './gone-dialog.tsx'
import { ReviewStep } from './review-step.tsx'
import { askingWords } from './second-person.tsx'
import { useEditSchedule } from './use-edit-schedule.ts'
import { type Editing, type OnSaved, useEditTunnel } from './use-edit-tunnel.ts'
import { useReturnPlace } from './use-return-place.ts'
import { useReviewEntry } from './use-review-entry.ts'

interface EditTunnelProps {
  /** As it was when the page opened; later reads only tell that it has changed. */
  tunnel: Tunnel
  version: string
  unknownFields: readonly string[]
  /** A former version or a prepared change to start with, laid over the tunnel as it is now. */
  start?: TunnelDraft | undefined
  onSaved: OnSaved
  /** The change waits for its time in this job. */
  onScheduled: (jobId: string) => void
  onCancel: () => void
  /** The tunnel is gone, and the person wants it back as typed. */
  onCreateAgain: (draft: TunnelDraft) => void
}

export function EditTunnel({ onCancel, onCreateAgain, onScheduled, unknownFields, ...props }: EditTunnelProps) {
  const { id } = props.tunnel
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const neighbours = (list.data ?? []).filter((tunnel) => tunnel.id !== id)
  const editing = useEditTunnel({ ...props, neighbours })
  const { kit, state, dispatch } = editing
  const changes = kit.changes.length
  const isForm = state.view === 'form'
  const scheduling = useEditSchedule(editing, onScheduled)
  const isSending = scheduling.isBusy || scheduling.isLost
  useReviewEntry(editing)
  const { notice, saver } = useOthersChange(editing)
  const place = useReturnPlace(isForm, state.verdict?.kind === 'invalid')
  // A decision that is still open must not be answered by a key.
  const isStopped = state.stop !== null && state.stop.kind !== 'unchanged'
  const mayEdit = useCan('tunnel.update')
  useShortcuts({ 'Mod+enter': () => isForm && mayEdit && changes > 0 && !isStopped && void editing.validate(false) })

  return (
    <>
      <LeaveGuard
        hasTyped={() => !editing.isDone.current && (editing.hasTyped || state.work === 'applying' || editing.isAsking)}
        words={editing.isAsking ? askingWords : isSending ? schedulingWords : leaveWords(editing.phase)}
      />
      {unknownFields.length > 0 && isForm && <UnknownFieldsNote names={unknownFields} />}
      {isForm ? (
        <FormStep editing={editing} notice={notice} neighbours={neighbours} place={place} onCancel={onCancel} />
      ) : (
        // What was typed is in this component, and a fault in the review must not lose it.
        <Guarded name="Review" instead={<InsteadOfReview editing={editing} isSending={isSending} />}>
          <ReviewStep editing={editing} scheduling={scheduling} notice={notice} />
        </Guarded>
      )}
      <ConflictStop editing={editing} saver={saver} />
      <GoneDialog
        open={state.stop?.kind === 'gone'}
        onStay={() => dispatch({ type: 'resumed' })}
        onCreateAgain={() => {
          editing.isDone.current = true
          onCreateAgain(kit.draft)
        }}
      />
    </>
  )
}

/** Where the review cannot be shown: the way back to the form, and nothing that what is under way forbids. */
function InsteadOfReview({ editing, isSending }: { editing: Editing; isSending: boolean }) {
  if (editing.phase === 'unknown') return <p className="mt-2 font-medium">{unknownTitle('saved')}.</p>
  const isBusy = isSending || editing.isAsking || editing.phase === 'applying'
  return (
    <Button
      className="mt-3"
      size="small"
      disabledReason={isBusy ? 'The change is on its way' : undefined}
      onClick={() => editing.dispatch({ type: 'back' })}
    >
      Back to the form
    </Button>
  )
}

interface FormStepProps {
  place: ReturnType<typeof useReturnPlace>
  editing: Editing
  notice: ReactNode
  neighbours: Parameters<typeof TunnelFields>[0]['neighbours']
  onCancel: () => void
}

function FormStep({ editing, notice, neighbours, place, onCancel }: FormStepProps) {
  const { kit, state, phase, dispatch } = editing
  const wrong = problemsOn(kit.errors)
  const { verdict } = state
  const isRefused = verdict?.kind === 'invalid' && (wrong.length > 0 || phase === 'invalid')
  const look = footerOf(phase, state, kit.changes.length)
  const need = useNeed('tunnel.update')
  const goOn = () => {
    if (phase === 'conflict') dispatch({ type: 'merging', isAside: false })
    else if (phase === 'valid') dispatch({ type: 'reviewing' })
    else void editing.validate(true)
  }
  return (
    <form
      className={formClass}
      aria-label="Edit tunnel"
      noValidate
      onSubmit={(event) => event.preventDefault()}
      {...kit.listeners}
      {...place}
    >
      <div className="grid gap-x-12 lg:grid-cols-[13rem_minmax(0,var(--form-width))]">
        <SectionList changed={kit.changes.map(({ path }) => path)} wrong={wrong.map(({ path }) => path)} />
        <div className="flex max-w-form min-w-0 flex-col gap-6">
          {isRefused && <ProblemSummary key={verdict.stamp} kit={kit} problem={verdict.problem} />}
          {state.stop?.kind === 'unchanged' && <ErrorPanel problem={state.stop.problem} isAlert />}
          {verdict?.kind === 'unavailable' && phase === 'unavailable' && (
            <NotValidated problem={verdict.problem} onRetry={() => void editing.validate(false)} />
          )}
          <TunnelFields kit={kit} neighbours={neighbours} />
          <AddressWarnings phase={phase} verdict={verdict} />
        </div>
      </div>
      <FormFooter
        notice={notice}
        look={look}
        isPristine={phase === 'pristine'}
        need={need}
        typed={() => changesText(editing.saved.draft, kit.draft)}
        onCancel={onCancel}
        onValidate={() => void editing.validate(false)}
        onPrimary={goOn}
      />
    </form>
  )
}

function ConflictStop({ editing, saver }: { editing: Editing; saver: AuditEntry | null }) {
  const { kit, saved, state } = editing
  if (state.stop?.kind !== 'conflict') return null
  const { current, version } = state.stop
  return (
    <ConflictDialog
      key={version}
      open={!state.stop.isAside}
      onClose={() => editing.dispatch({ type: 'merging', isAside: true })}
      base={saved.draft}
      mine={kit.draft}
      current={current}
      saver={saver}
      onMerged={(theirs, merged) => editing.rebase(theirs, version, merged)}
    />
  )
}

function UnknownFieldsNote({ names }: { names: readonly string[] }) {
  return (
    <div className="mb-5">
      <Banner title="This tunnel has settings that this console does not know">
        {names.join(', ')}. They are kept as they are.
      </Banner>
    </div>
  )
}
