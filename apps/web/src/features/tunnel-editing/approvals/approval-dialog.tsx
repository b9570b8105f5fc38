import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import { reasonProblem } from '@tunnel-console/shared/reason'
import { type RefObject, useRef, useState } from 'react'
import { useHeld } from '../../../lib/held.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogClose } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { EffectTable } from '../edit/review.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { SiteLine } from '../stakes/site-line.tsx'
import { ApprovalFooter } from './approval-footer.tsx'
import { useDecision } from './use-decision.ts'
import { WordField } from './word-field.tsx'
import { endText } from './words.ts'

interface ApprovalDialogProps {
  entry: ApprovalEntry
  isOwn: boolean
  opener: RefObject<HTMLButtonElement | null>
  onClose: () => void
}

/** All that a second person must see before they say yes or no; for everybody else, how it stands. */
export function ApprovalDialog({ entry, isOwn, opener, onClose }: ApprovalDialogProps) {
  const { name, state, by, askedAt, reason, tunnelId, effects } = entry
  const decision = useDecision(entry, onClose)
  const content = useRef<HTMLDivElement>(null)
  const [word, setWord] = useState('')
  const [typedName, setTypedName] = useState('')
  const isWaiting = state === 'waiting'
  const mayDecide = isWaiting && !isOwn
  useHeld(() => mayDecide && word.trim() !== '')
  const open = { decision, word, isNamed: typedName === name, isWordRight: reasonProblem(word) === null }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={opener}
      // Not the time in the description, whose exact words would cover the title.
      initialFocus={content}
      size="large"
      dismissable={decision.busy === null}
      title={mayDecide ? `Approve this change of ${name}?` : `Change of ${name}`}
      description={
        <>
          {isOwn ? 'You' : by.email} asked for it <TimeAgo at={askedAt} />.{' '}
          {isWaiting ? 'Nothing has been changed.' : endText(entry)}
        </>
      }
      footer={isWaiting ? <ApprovalFooter isOwn={isOwn} {...open} /> : <DialogClose>Close</DialogClose>}
    >
      <div ref={content} tabIndex={-1} className="flex flex-col gap-4 pb-1 outline-none">
        {decision.problem && (
          <div ref={focusOnMount} tabIndex={-1} className="outline-none">
            <ErrorPanel problem={decision.problem} isAlert />
          </div>
        )}
        {isWaiting && entry.why && <p className="text-14 font-medium text-degraded-fg">{entry.why}</p>}
        <Why reason={reason} />
        <EffectTable effects={effects} />
        {mayDecide && (
          <>
            <SiteLine tunnel={{ id: tunnelId, name }} />
            <DryRun decision={decision} />
          </>
        )}
        {/* What was typed stays in sight when somebody else was faster. */}
        {(mayDecide || word !== '') && <WordField value={word} onChange={setWord} />}
        {mayDecide && (
          <div className="max-w-form">
            <ConfirmNameField name={name} value={typedName} onChange={setTypedName} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Why({ reason }: { reason: string | null }) {
  if (reason === null) return <p className="text-14 text-fg-2">No reason was given.</p>
  return (
    <p className="text-14 whitespace-pre-wrap [overflow-wrap:anywhere]">
      <span className="font-medium">Reason: </span>
      {reason}
    </p>
  )
}

function DryRun({ decision }: { decision: ReturnType<typeof useDecision> }) {
  const { isChecking, verdict, validate } = decision
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button busy={isChecking} onClick={validate}>
        Validate
      </Button>
      {(isChecking || verdict) && (
        <DryRunLine isPending={isChecking} problem={verdict?.problem} accepted="Cloudflare accepts this." />
      )}
    </div>
  )
}
