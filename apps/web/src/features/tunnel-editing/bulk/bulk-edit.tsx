import { isAnythingChosen } from '@tunnel-console/shared/bulk'
import { fields } from '@tunnel-console/shared/fields'
import { mostTunnels } from '@tunnel-console/shared/jobs'
import { useEffect, useRef } from 'react'
import { useNeed } from '../../../data/need.ts'
import { useSession } from '../../../data/session.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { needText } from '../../../lib/need.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { LeaveGuard } from '../../../ui/leave-guard.tsx'
import { toast } from '../../../ui/toast.ts'
import { useIsHere } from '../use-is-here.ts'
import { FooterStrip, formClass } from '../write/form-footer.tsx'
import { changesOf } from './apply-options.ts'
import { ApplyPage, namesOf } from './apply-page.tsx'
import { isKeptBulkDraft } from './bulk-draft.ts'
import { type BulkDraft, type ChangedOne, dropBulkDraft } from './bulk-start.ts'
import { ChooseStep } from './choose-step.tsx'
import { DryRunStep, whyNotOn } from './dry-run-step.tsx'
import { Standing } from './standing.tsx'
import { Steps } from './steps.tsx'
import { TogetherResults } from './together-results.tsx'
import { useApplying } from './use-applying.ts'
import { type BulkEditing, type BulkStep, useBulkEdit } from './use-bulk-edit.ts'

interface BulkEditProps {
  start: BulkDraft
  /** The step that the address names. Without a dry run there is only the first. */
  step: BulkStep
  onStep: (step: BulkStep) => void
  /** A job was started, and the person is still here. */
  onStarted: (jobId: string) => void
  /** A job was started with these, which are no longer to be edited. */
  onTaken: (ids: readonly string[]) => void
  /** What one request changed is to be given back: a bulk edit of its own. */
  onRestore: (rows: readonly ChangedOne[]) => void
}

export function BulkEdit({ start, step: asked, onStep, onStarted, onTaken, onRestore }: BulkEditProps) {
  const editing = useBulkEdit(start)
  const { dry, draft } = editing
  const { isDone, applying } = useEnds(editing, {
    onStarted,
    onTaken: () => onTaken(start.tunnels.map(({ id }) => id)),
  })
  const dryRun = () => {
    onStep('dry-run')
    void dry.start(draft)
  }
  useRestoreAtOnce(draft, dryRun)
  const step = dry.isMade ? asked : 'choose'
  const hasTyped = isAnythingChosen(draft.choices) || draft.restore !== null
  if (applying.results)
    return <TogetherResults tunnels={draft.tunnels} results={applying.results} onRestore={onRestore} />
  return (
    <>
      <LeaveGuard
        hasTyped={() => hasTyped && !isDone.current}
        words={applying.isBusy || applying.isLost ? sentWords : undefined}
      />
      <Steps step={step} />
      {(step === 'apply' || !dry.isMade) && <Standing applying={applying} names={namesOf(editing)} />}
      {step === 'choose' && <Choosing editing={editing} onNext={dryRun} />}
      {step === 'dry-run' && (
        <div className={formClass}>
          <DryRunStep editing={editing} />
          <DryRunFooter editing={editing} onStep={onStep} />
        </div>
      )}
      {step === 'apply' && <ApplyPage editing={editing} applying={applying} onBack={() => onStep('dry-run')} />}
    </>
  )
}

/** What was sent goes its way, whoever looks at it. */
const sentWords = {
  title: 'Leave before it is known?',
  description:
    'What was sent goes on without this page. What becomes of it is told in the audit log, and of a job under Jobs.',
  isLost: false,
}

/** What an answer ends: this draft and no other, and the page only while the person is on it. Elsewhere they are told. */
function useEnds(editing: BulkEditing, events: { onStarted: (jobId: string) => void; onTaken: () => void }) {
  const owner = useSession().user.id
  const { draft } = editing
  const isHere = useIsHere()
  const isDone = useRef(false)
  const many = count(draft.tunnels.length, 'tunnel')
  const end = () => {
    isDone.current = true
    const isOwn = isKeptBulkDraft(owner, draft)
    if (isOwn) dropBulkDraft()
    return isOwn
  }
  const applying = useApplying(editing, {
    onStarted: (jobId) => {
      if (end()) events.onTaken()
      if (isHere.current) events.onStarted(jobId)
      else toast(`The job for ${many} was taken. It is under Jobs.`)
    },
    onTogether: (results) => {
      const changed = results.filter(({ outcome }) => outcome === 'applied').length
      // Whoever has left finds the draft as it was where nothing has come of it.
      if (changed === 0 && !isHere.current) return
      end()
      if (isHere.current) return
      toast(`${changed} of ${many} were changed. The audit log has each.`)
    },
  })
  return { isDone, applying }
}

/** There is nothing to choose for a restore: it begins with its dry run. */
function useRestoreAtOnce({ restore }: BulkDraft, dryRun: () => void): void {
  const latest = useRef(dryRun)
  latest.current = dryRun
  const isRestore = restore !== null
  // A dry run is requests, outside React.
  useEffect(() => {
    if (isRestore) latest.current()
  }, [isRestore])
}

function Choosing({ editing, onNext }: { editing: BulkEditing; onNext: () => void }) {
  const { tunnels, choices, restore } = editing.draft
  const isTooMany = tunnels.length > mostTunnels.job
  const cannot = useCannotSend()
  const need = useNeed('tunnel.bulkUpdate')
  const { description } = choices
  const isWrongText = description?.how === 'replace' && !fields.description.rule.safeParse(description.text).success
  const missing = restore === null && !isAnythingChosen(choices) ? 'Choose at least one field' : undefined
  const reason = need
    ? needText(need)
    : isTooMany
      ? `Choose at most ${formatNumber(mostTunnels.job)} tunnels`
      : isWrongText
        ? 'The description cannot be kept as it is'
        : (missing ?? cannot)
  return (
    <div className={formClass}>
      {isTooMany && (
        <div className="mb-5 max-w-form">
          <Banner kind="warning" title={`${formatNumber(tunnels.length)} tunnels are chosen`}>
            A bulk edit takes at most {formatNumber(mostTunnels.job)}. Filter the list, and select fewer.
          </Banner>
        </div>
      )}
      <ChooseStep editing={editing} />
      <FooterStrip under="column" status={reason ?? 'Nothing is changed by a dry run.'}>
        <Button kind="primary" disabledReason={reason} reasonPlace="described" onClick={onNext}>
          Dry run
        </Button>
      </FooterStrip>
    </div>
  )
}

function DryRunFooter({ editing, onStep }: { editing: BulkEditing; onStep: (step: BulkStep) => void }) {
  const { length } = changesOf(editing)
  const cannot = useCannotSend()
  return (
    <FooterStrip under="table" status="Nothing has been changed.">
      <Button onClick={() => onStep('choose')}>Back</Button>
      <Button
        disabledReason={editing.dry.progress ? 'The dry run is still under way' : cannot}
        reasonPlace="described"
        onClick={() => void editing.dry.start(editing.draft)}
      >
        Dry run
      </Button>
      <Button kind="primary" disabledReason={whyNotOn(editing)} onClick={() => onStep('apply')}>
        Go on with {formatNumber(length)}
      </Button>
    </FooterStrip>
  )
}
