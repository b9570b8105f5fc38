import { useState } from 'react'
import { useNewestRun } from '../use-newest-run.ts'
import type { BulkDraft, ChosenOne } from './bulk-start.ts'
import { runDry } from './dry-run.ts'
import { type DryResult, type DryRow, notChecked } from './plan.ts'

export interface DryRunState {
  rows: ReadonlyMap<string, DryRow>
  /** How many are to be looked at and how many were; `null` while none is under way. */
  progress: { done: number; of: number } | null
  /** Seconds that it waits, because it was asked to. */
  wait: number | null
  /** Whether one was made of what is chosen now. */
  isMade: boolean
}

const nothing: DryRunState = { rows: new Map(), progress: null, wait: null, isMade: false }

/** The dry run of a bulk edit: one at a time, and none that outlives its page or what it was asked about. */
export function useDryRun() {
  const [state, setState] = useState(nothing)
  const runs = useNewestRun()

  const start = async (draft: BulkDraft, tunnels: readonly ChosenOne[] = draft.tunnels) => {
    const { signal, isNewest } = runs.begin()
    const fresh = tunnels.map((chosen) => [chosen.id, notChecked(chosen, 'Not asked about yet')] as const)
    setState(({ rows }) => ({
      rows: new Map([...rows, ...fresh]),
      progress: { done: 0, of: tunnels.length },
      wait: null,
      isMade: true,
    }))
    const change = (next: (now: DryRunState) => DryRunState) => isNewest() && setState(next)
    await runDry(
      draft,
      tunnels,
      {
        onRows: (known) => change((now) => withRows(now, known)),
        onWait: (wait) => change((now) => ({ ...now, wait })),
      },
      signal,
    )
    change((now) => ({ ...now, progress: null, wait: null }))
  }
  const forget = () => {
    runs.forget()
    setState(nothing)
  }
  const drop = (result: DryResult) =>
    setState((now) => ({ ...now, rows: new Map([...now.rows].filter(([, row]) => row.result !== result)) }))
  return { ...state, start, cancel: runs.cancel, forget, drop }
}

function withRows(now: DryRunState, known: readonly DryRow[]): DryRunState {
  const rows = new Map([...now.rows, ...known.map((row) => [row.id, row] as const)])
  return { ...now, rows, progress: now.progress && { ...now.progress, done: now.progress.done + known.length } }
}
