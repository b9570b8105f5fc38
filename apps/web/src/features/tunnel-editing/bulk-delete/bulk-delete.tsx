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
import { DryRunProgress } from '../bulk/dry-run-progress.tsx'
import { dryRunWords, Leftovers, whyNotOn } from '../bulk/dry-run-step.tsx'
import { GuardLines } from '../bulk/guard-lines.tsx'
import { countResults } from '../bulk/plan.ts'
import { Standing } from '../bulk/standing.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { schedulingWords } from '../schedule/use-scheduling.ts'
import { useIsHere } from '../use-is-here.ts'
import { FooterStrip, formClass } from '../write/form-footer.tsx'
import { ConfirmDelete } from './confirm-delete.tsx'
import { type DeleteDraft, dropDeleteDraft } from './delete-draft.ts'
import { DeleteTable } from './delete-table.tsx'
import { type BulkDeleting, useBulkDelete } from './use-bulk-delete.ts'

export type DeleteStep = 'check' | 'confirm'

interface BulkDeleteProps {
  start: DeleteDraft
  /** The step that the address names. Without a dry run there is only the first. */
  step: DeleteStep
  onStep: (step: DeleteStep) => void
  /** The job was taken, and the person is still here. */
  onStarted: (jobId: string) => void
  /** A job was taken with these, which are no longer to be chosen. */
  onTaken: (ids: readonly string[]) => void
}

/** Deletes many: what goes, what hangs on it, a dry run of each, and then a job. */
export function BulkDelete({ start, step: asked, onStep, onStarted, onTaken }: BulkDeleteProps) {
  const owner = useSession().user.id
  const isHere = useIsHere()
  const isDone = useRef(false)
  const deleting = useBulkDelete(start, (draft, jobId) => {
    isDone.current = true
    if (dropDeleteDraft(owner, draft)) onTaken(draft.tunnels.map(({ id }) => id))
    if (isHere.current) onStarted(jobId)
    else toast(`The deletion of ${count(draft.tunnels.length, 'tunnel')} was taken. It is under Jobs.`)
  })
  const { draft, dry, isBusy, isLost } = deleting
  // What was sent may have deleted them: first its answer is asked for.
  useCheckAtOnce(draft.tunnels.length <= mostTunnels.job && !isLost, () => void deleting.again())
  const isChecked = dry.progress === null && dry.answers.size > 0
  const isSent = isBusy || isLost
  return (
    <>
      <LeaveGuard
        hasTyped={() => !isDone.current && (isSent || draft.reason.trim() !== '')}
        words={isSent ? schedulingWords : undefined}
      />
      {asked === 'confirm' && (isChecked || (isSent && deleting.count > 0)) ? (
        <ConfirmDelete deleting={deleting} onBack={() => onStep('check')} />
      ) : (
        <CheckStep deleting={deleting} onNext={() => onStep('confirm')} />
      )}
    </>
  )
}

const lostWords = 'It is not known whether this has begun'

/** There is nothing to choose: it begins with its dry run. */
function useCheckAtOnce(isPossible: boolean, check: () => void): void {
  const latest = useRef(check)
  latest.current = check
  // A dry run is requests, outside React.
  useEffect(() => {
    if (isPossible) latest.current()
  }, [isPossible])
}

function CheckStep({ deleting, onNext }: { deleting: BulkDeleting; onNext: () => void }) {
  const { draft, dry, rows } = deleting
  const isTooMany = draft.tunnels.length > mostTunnels.job
  const need = useNeed('tunnel.delete')
  const cannot = useCannotSend()
  const otherwise = isTooMany ? `Choose at most ${formatNumber(mostTunnels.job)} tunnels` : cannot
  const closed = deleting.isLost ? lostWords : need ? needText(need) : otherwise
  const counts = countResults(rows)
  const isOver = dry.progress === null && dry.answers.size > 0
  return (
    <div className={formClass}>
      <div className="flex flex-col gap-5">
        <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
          {count(draft.tunnels.length, 'tunnel')} to delete
        </h2>
        <Standing applying={{ ...deleting, again: deleting.repeat }} names={[]} />
        {isTooMany && (
          <Banner kind="warning" title={`${formatNumber(draft.tunnels.length)} tunnels are chosen`}>
            A job takes at most {formatNumber(mostTunnels.job)}. Filter the list, and select fewer.
          </Banner>
        )}
        <DryRunProgress dry={dry} result={isOver ? dryRunWords(counts, 'will be deleted') : ''} />
        {isOver && <GuardLines rows={rows} title="Before you delete them" />}
        {isOver && <Leftovers rows={rows} remove={deleting.remove} again={() => void deleting.again()} />}
        <DeleteTable rows={rows} />
      </div>
      <FooterStrip under="table" status={deleting.isLost ? lostWords : 'Nothing has been deleted.'}>
        <Button
          disabledReason={dry.progress ? 'The dry run is still under way' : closed}
          reasonPlace="described"
          onClick={() => void deleting.again()}
        >
          Dry run
        </Button>
        <Button kind="primary" disabledReason={closed ?? whyNotOn(deleting)} onClick={onNext}>
          Go on with {formatNumber(deleting.count)}
        </Button>
      </FooterStrip>
    </div>
  )
}
