import type { JobAnswer } from '@tunnel-console/shared/jobs'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { useAnnounceChange } from '../../../ui/announcer.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { LeaveGuard } from '../../../ui/leave-guard.tsx'
import { formClass } from '../write/form-footer.tsx'
import { ApplyTravel } from './apply-travel.tsx'
import { CheckFooter, CheckProgress } from './check-footer.tsx'
import { FileProblems, FileStep, WorkerProgress } from './file-step.tsx'
import { MappingFields } from './mapping-fields.tsx'
import type { OpenFile, Purpose } from './open-file.ts'
import { type ShownRow, shownRow } from './standing.ts'
import { TravelTable } from './travel-table.tsx'
import { useApplyTravel } from './use-apply-travel.ts'
import { type Travelling, useTravel } from './use-travel.ts'

interface TravelProps {
  purpose: Purpose
  onStarted: (jobs: readonly JobAnswer[]) => void
  /** What may be given, in words. */
  children: ReactNode
}

/** A file, what it would do to the account, and its way there. */
export function Travel({ purpose, onStarted, children }: TravelProps) {
  const travel = useTravel(purpose)
  const { rows, check, chosen } = travel
  const [isApplying, setApplying] = useState(false)
  const isDone = useRef(false)
  const shown = useMemo(
    () => (rows ?? []).map((row) => shownRow(row, check.answers.get(row.key))),
    [rows, check.answers],
  )
  const ready = shown.filter(({ key, planned }) => planned !== null && chosen.has(key))
  const applying = useApplyTravel(
    ready.flatMap(({ planned }) => planned ?? []),
    (jobs) => {
      isDone.current = true
      travel.forget()
      onStarted(jobs)
    },
  )
  if (travel.file === null) return <FileStep travel={travel}>{children}</FileStep>
  return (
    <>
      <LeaveGuard hasTyped={() => !isDone.current} words={travel.isKept ? keptWords : undefined} />
      {isApplying && ready.length > 0 ? (
        <ApplyTravel rows={ready} applying={applying} onBack={() => setApplying(false)} />
      ) : (
        <Opened
          travel={travel}
          file={travel.file}
          shown={shown}
          ready={ready}
          onApply={() => {
            applying.setForm((form) => ({ ...form, typedCount: '' }))
            setApplying(true)
          }}
        />
      )}
    </>
  )
}

const keptWords = {
  title: 'Leave without applying?',
  description:
    'Nothing has been changed yet. This tab keeps the file for when you come back, but not what you chose in it.',
  isLost: false,
}

interface OpenedProps {
  travel: Travelling
  file: OpenFile
  shown: readonly ShownRow[]
  ready: readonly ShownRow[]
  onApply: () => void
}

function Opened({ travel, file, shown, ready, onApply }: OpenedProps) {
  const { rows, progress, purpose } = travel
  return (
    <div className={`${formClass} flex flex-col gap-5`}>
      <FileLine travel={travel} file={file} />
      {travel.isResumed && (
        <Banner title="You go on with the file from before">
          This tab has kept the columns that were used, and what you mended. It has kept neither the choice of rows nor
          any key: look at the choice again, or choose the file again.
        </Banner>
      )}
      <OtherAccount accounts={file.sheet.accounts} />
      {file.sheet.notes.map((note) => (
        <Banner key={note}>{note}</Banner>
      ))}
      <MappingFields file={file} purpose={purpose} onChange={travel.map} />
      <FileProblems travel={travel} />
      {progress && <WorkerProgress travel={travel} label="Checking the rows" />}
      {!progress && rows === null && (
        <div>
          <Button kind="primary" onClick={travel.judgeAgain}>
            Check the rows
          </Button>
        </div>
      )}
      {rows !== null && rows.length === 0 && <Same count={travel.same} />}
      {shown.length > 0 && (
        <>
          <CheckProgress travel={travel} />
          <TravelTable travel={travel} file={file} rows={shown} />
          <CheckFooter travel={travel} shown={shown} ready={ready} onApply={onApply} />
        </>
      )}
    </div>
  )
}

function FileLine({ travel, file: { name, sheet } }: { travel: Travelling; file: OpenFile }) {
  const { rows, same, purpose } = travel
  const wrong = rows?.filter(({ problems }) => problems.length > 0).length ?? 0
  const summary = rows === null ? '' : `${count(wrong, 'row')} to mend`
  useAnnounceChange(summary)
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2 text-14">
      <p className="[overflow-wrap:anywhere]">
        <span className="font-medium">{name}</span>: {count(sheet.rows.length, 'row')}
        {summary !== '' && `, ${summary}`}
        {purpose === 'plan' && rows !== null && `, ${formatNumber(same)} as the file says`}
      </p>
      <Button size="small" onClick={travel.close}>
        Another file
      </Button>
    </div>
  )
}

function OtherAccount({ accounts }: { accounts: readonly string[] }) {
  const { id, name } = useSession().account
  const others = accounts.filter((account) => account !== id)
  if (others.length === 0) return null
  return (
    <Banner kind="warning" title="This file is of another account.">
      It names {others.join(', ')}; this console works on {name} ({id}).
    </Banner>
  )
}

function Same({ count: same }: { count: number }) {
  return (
    <Banner title="The account is as the file says.">
      {count(same, 'tunnel')} {same === 1 ? 'is' : 'are'} the same. There is nothing to change.
    </Banner>
  )
}
