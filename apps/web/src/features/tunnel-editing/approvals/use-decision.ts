import { useQueryClient } from '@tanstack/react-query'
import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { approve, decline, refreshApprovals, withdrawApproval } from '../../../data/approval-acts.ts'
import { validateUpdate } from '../../../data/tunnel-writes.ts'
import { useTask } from '../../../lib/use-task.ts'
import { toast } from '../../../ui/toast.ts'

export type Deed = 'approve' | 'decline' | 'withdraw'

const deeds: Record<Deed, (id: string, word: string) => Promise<ApprovalEntry>> = {
  approve,
  decline,
  withdraw: withdrawApproval,
}

const done: Record<Deed, (name: string) => string> = {
  approve: (name) => `Approved and applied: ${name}`,
  decline: (name) => `Declined: ${name}`,
  withdraw: (name) => `Withdrawn: ${name}`,
}

/** What one person makes of one approval: a dry run as often as they like, and one deed at a time. */
export function useDecision({ id, tunnelId, version, patch, name }: ApprovalEntry, onDone: () => void) {
  const client = useQueryClient()
  const task = useTask()
  const check = useTask()
  const [deed, setDeed] = useState<Deed | null>(null)
  const [verdict, setVerdict] = useState<{ problem: Problem | undefined } | null>(null)
  const act = (next: Deed, word: string) => {
    setDeed(next)
    return task.run(
      () => deeds[next](id, word.trim()),
      () => {
        refreshApprovals(client)
        toast(done[next](name))
        onDone()
      },
      () => refreshApprovals(client),
    )
  }
  const validate = () =>
    check.run(
      () => validateUpdate({ id: tunnelId, version }, patch),
      () => setVerdict({ problem: undefined }),
      (problem) => setVerdict({ problem }),
    )
  return {
    problem: task.problem,
    /** Which deed is under way. */
    busy: task.isBusy ? deed : null,
    act: (next: Deed, word: string) => void act(next, word),
    isChecking: check.isBusy,
    verdict,
    validate: () => void validate(),
  }
}
