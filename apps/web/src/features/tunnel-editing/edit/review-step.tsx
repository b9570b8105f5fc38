import { type ReactNode, useState } from 'react'
import { useNeed } from '../../../data/need.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { count } from '../../../lib/format.ts'
import { needText } from '../../../lib/need.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { CurlButton } from '../../../ui/curl-button.tsx'
import { Standing as SchedulingStanding } from '../bulk/standing.tsx'
import { changesText } from '../changes-text.ts'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { StartChoice } from '../schedule/start-choice.tsx'
import { lostTitle, type Scheduling } from '../schedule/use-scheduling.ts'
import { ReasonField, reasonComplaint } from '../stakes/reason-field.tsx'
import { SiteLine } from '../stakes/site-line.tsx'
import { AddressWarnings } from '../write/address-warnings.tsx'
import { FailedWrite } from '../write/failed-write.tsx'
import { footerOf, unknownTitle } from '../write/footer.ts'
import { CopyTyped, FooterStatus, FooterStrip, formClass } from '../write/form-footer.tsx'
import { UnknownPanel } from '../write/unknown-panel.tsx'
import type { Phase } from '../write/write-state.ts'
import { isRisky, ReviewTable, UnchangedFields } from './review.tsx'
import { AskButton, SecondPersonNote, useSecondPerson } from './second-person.tsx'
import { UndoChoice } from './undo-choice.tsx'
import { useEditCommand } from './use-edit-command.ts'
import type { Editing } from './use-edit-tunnel.ts'

/** Where nothing can be applied until something else is done. */
const ends: ReadonlySet<Phase> = new Set(['unknown', 'gone', 'saved'])

interface ReviewStepProps {
  editing: Editing
  scheduling: Scheduling
  notice: ReactNode
}

/** The last look before a change happens. Takes the place of the form; Back keeps everything typed. */
export function ReviewStep({ editing, scheduling, notice }: ReviewStepProps) {
  const { kit, saved, state, phase } = editing
  const [typedName, setTypedName] = useState('')
  const isHighRisk = isRisky(saved.draft, kit.draft)
  const cannot = useCannotSend()
  const look = footerOf(phase, state, kit.changes.length)
  const need = useNeed('tunnel.update')
  const command = useEditCommand(editing)
  const asking = useSecondPerson(editing)

  const isNamed = !isHighRisk || asking !== null || typedName === saved.draft.name
  const missing = reasonComplaint(editing.reason) ?? (isNamed ? undefined : 'Type the tunnel name first')
  const closed = need ? needText(need) : (cannot ?? missing ?? scheduling.closed)
  const reason = ends.has(phase) ? look.reason : closed
  const press = () => (scheduling.isLater ? scheduling.schedule() : void editing.apply())
  const isBusy = phase === 'applying' || scheduling.isBusy
  return (
    <>
      <div className={`flex max-w-[56rem] flex-col gap-5 ${formClass}`}>
        <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
          Review {count(kit.changes.length, 'change')}
        </h2>
        {asking ? <SecondPersonNote asking={asking} /> : <Standing editing={editing} />}
        <SchedulingStanding applying={scheduling} names={[]} lostTitle={lostTitle} />
        <div>
          <ReviewTable before={saved.draft} after={kit.draft} />
          <UnchangedFields draft={kit.draft} changes={kit.changes} />
          {command && (
            <div className="mt-3">
              <CurlButton command={command} />
            </div>
          )}
        </div>
        {isHighRisk && <SiteLine tunnel={{ id: editing.id, name: saved.draft.name }} />}
        {phase !== 'unknown' && (
          <div className="flex max-w-form flex-col gap-5">
            {!asking && (
              <UndoChoice
                value={editing.undoMinutes}
                onChange={editing.setUndoMinutes}
                reason={editing.noUndo}
                isSuggested={isHighRisk}
              />
            )}
            {!asking && scheduling.mayChoose && (
              <StartChoice
                value={scheduling.startsAt}
                onChange={scheduling.setStartsAt}
                hint="A job makes the change then, after another look at the tunnel. If somebody changes it before, nothing is overwritten."
                cannotWait={scheduling.cannotWait}
              />
            )}
            <ReasonField value={editing.reason} onChange={editing.setReason} isOptional={!isHighRisk} />
            {isHighRisk && !asking && (
              <ConfirmNameField
                name={saved.draft.name}
                value={typedName}
                onChange={setTypedName}
                onEnter={reason === undefined && !isBusy ? press : undefined}
              />
            )}
          </div>
        )}
      </div>
      <FooterStrip status={<FooterStatus look={look} need={phase === 'unknown' ? null : need} />} notice={notice}>
        {need && <CopyTyped typed={() => changesText(saved.draft, kit.draft)} />}
        <Button
          disabledReason={
            asking?.task.isBusy
              ? 'Somebody is being asked'
              : isBusy
                ? busyWords(scheduling)
                : phase === 'unknown'
                  ? look.reason
                  : undefined
          }
          reasonPlace="described"
          onClick={() => editing.dispatch({ type: 'back' })}
        >
          Back
        </Button>
        {asking ? (
          <AskButton asking={asking} reason={reason} />
        ) : (
          <Button kind="primary" busy={isBusy} disabledReason={isBusy ? undefined : reason} onClick={press}>
            {scheduling.isLater ? 'Schedule' : 'Apply'} {count(kit.changes.length, 'change')}
          </Button>
        )}
      </FooterStrip>
    </>
  )
}

const busyWords = ({ isBusy }: Scheduling) => (isBusy ? 'The change is being scheduled' : 'The change is being saved')

/** What the last attempt came to, and what has not been checked. */
function Standing({ editing }: { editing: Editing }) {
  const { stop, verdict } = editing.state
  return (
    <>
      {stop?.kind === 'unknown' && <UnknownPanel title={unknownTitle('saved')} lost={stop} watch={editing.watch} />}
      {stop?.kind === 'unchanged' && (
        <div ref={focusOnMount} tabIndex={-1} className="outline-none">
          <FailedWrite problem={stop.problem} onRetry={() => void editing.apply()} />
        </div>
      )}
      {!stop && verdict?.kind === 'unavailable' && (
        <Banner kind="warning" title="Cloudflare has not checked this">
          {verdict.problem.detail ?? `${verdict.problem.title}.`} You can still apply it; Cloudflare checks it again
          then.
        </Banner>
      )}
      <AddressWarnings phase={editing.phase} verdict={verdict} />
    </>
  )
}
