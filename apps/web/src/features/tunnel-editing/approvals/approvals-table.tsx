import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import { useRef } from 'react'
import { useSession } from '../../../data/session.ts'
import { Button } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ApprovalCard, type ApprovalRow, approvalColumns } from './approval-columns.tsx'
import { ApprovalDialog } from './approval-dialog.tsx'

interface ApprovalsTableProps {
  approvals: readonly ApprovalEntry[]
  /** The one that is looked at: it lives in the address, so that it can be sent to somebody. */
  open: string | undefined
  onOpen: (id: string | undefined) => void
}

/** What waits for a second person, those that wait first, and what was decided lately. */
export function ApprovalsTable({ approvals, open, onOpen }: ApprovalsTableProps) {
  const self = useSession().user.id
  const opener = useRef<HTMLButtonElement>(null)
  const look = (entry: ApprovalEntry) => (button: HTMLButtonElement) => {
    opener.current = button
    onOpen(entry.id)
  }
  const rows = approvals.map((entry): ApprovalRow => {
    const isOwn = entry.by.id === self
    return { entry, isOwn, action: <LookButton entry={entry} isOwn={isOwn} onLook={look(entry)} /> }
  })
  const looked = approvals.find(({ id }) => id === open)
  return (
    <>
      <DataTable
        caption="Approvals"
        columns={approvalColumns}
        rows={rows}
        rowId={({ entry }) => entry.id}
        defaultSorting={[{ id: 'state', desc: false }]}
        tabStops="all"
        compact={(row) => <ApprovalCard row={row} />}
        empty={
          <EmptyState title="Nothing waits for approval">
            High-risk changes by operators appear here, and stay for a week after they were decided.
          </EmptyState>
        }
      />
      {looked && (
        <ApprovalDialog
          key={looked.id}
          entry={looked}
          isOwn={looked.by.id === self}
          opener={opener}
          onClose={() => onOpen(undefined)}
        />
      )}
    </>
  )
}

interface LookButtonProps {
  entry: ApprovalEntry
  isOwn: boolean
  onLook: (button: HTMLButtonElement) => void
}

function LookButton({ entry: { name, state }, isOwn, onLook }: LookButtonProps) {
  const mayDecide = state === 'waiting' && !isOwn
  const word = mayDecide ? 'Review' : 'Details'
  return (
    <Button
      size="small"
      kind={mayDecide ? 'primary' : 'secondary'}
      aria-label={`${word} of ${name}`}
      onClick={(event) => onLook(event.currentTarget)}
    >
      {word}
    </Button>
  )
}
