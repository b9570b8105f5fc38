import type { BulkChoices } from '@tunnel-console/shared/bulk'
import { useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { type BulkDraft, keepBulkDraft } from './bulk-start.ts'
import type { DryResult } from './plan.ts'
import { useDryRun } from './use-dry-run.ts'

export const bulkSteps = ['choose', 'dry-run', 'apply'] as const
export type BulkStep = (typeof bulkSteps)[number]

/** A bulk edit on its way: what is chosen, kept in this tab, and what the dry run of just that says. */
export function useBulkEdit(start: BulkDraft) {
  const owner = useSession().user.id
  const [draft, setDraft] = useState(start)
  const dry = useDryRun()
  const keep = (next: BulkDraft) => {
    setDraft(next)
    keepBulkDraft(owner, next)
  }
  return {
    draft,
    dry,
    /** In the order in which they were chosen. */
    rows: draft.tunnels.flatMap(({ id }) => dry.rows.get(id) ?? []),
    choose: (choices: BulkChoices) => {
      keep({ ...draft, choices })
      // It spoke of something else.
      dry.forget()
    },
    setReason: (reason: string) => keep({ ...draft, reason }),
    /** Goes on without those that came out so. */
    remove: (result: DryResult) => {
      keep({ ...draft, tunnels: draft.tunnels.filter(({ id }) => dry.rows.get(id)?.result !== result) })
      dry.drop(result)
    },
    /** Asks again about those that came out so. */
    again: (...results: DryResult[]) => {
      const asked = draft.tunnels.filter(({ id }) => {
        const row = dry.rows.get(id)
        return row !== undefined && results.includes(row.result)
      })
      return dry.start(draft, asked)
    },
  }
}

export type BulkEditing = ReturnType<typeof useBulkEdit>
