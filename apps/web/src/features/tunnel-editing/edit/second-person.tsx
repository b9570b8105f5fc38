import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { needsSecondPerson } from '@tunnel-console/shared/approvals'
import { effectsOf } from '@tunnel-console/shared/diff'
import { fateOf } from '@tunnel-console/shared/fate'
import { patchOf } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import { askApproval, refreshApprovals } from '../../../data/approval-acts.ts'
import { useSession } from '../../../data/session.ts'
import { settingsQuery } from '../../../data/settings.ts'
import { type Task, useTask } from '../../../lib/use-task.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { toast } from '../../../ui/toast.ts'
import { focusOnMount } from '../focus-on-mount.ts'
import { tunnelEventFor } from './edit-events.ts'
import type { Editing } from './use-edit-tunnel.ts'

export interface Asking {
  task: Task
  /** Why this change cannot wait for anybody. */
  cannot: string | null
  ask: () => void
}

/**
 * The way of a change that its person may not make alone: asking somebody else takes the place of applying. `null` where
 * nobody has to be asked. What the console itself says counts, also where this page had not heard of the setting.
 */
export function useSecondPerson(editing: Editing): Asking | null {
  const { id, kit, saved, reason, state } = editing
  const { role } = useSession().user
  const { data: settings } = useQuery({ ...settingsQuery(), enabled: role === 'operator' })
  const client = useQueryClient()
  const router = useRouter()
  const task = useTask()
  const isRefused = state.stop?.kind === 'unchanged' && state.stop.problem.code === 'approval-needed'
  const isNeeded = settings !== undefined && needsSecondPerson(settings, role, effectsOf(saved.draft, kit.draft))
  if (!isRefused && !isNeeded) return null
  const patch = patchOf(saved.draft, kit.draft)
  const ask = async () => {
    editing.setAsking(true)
    await task.run(
      () => askApproval({ tunnelId: id, version: saved.version, patch, ...(reason.trim() && { reason }) }),
      ({ name }) => {
        editing.isDone.current = true
        refreshApprovals(client)
        toast(`Asked for approval: ${name}`)
        // Whoever has left meanwhile is somewhere else for a reason.
        if (!editing.isHere.current) return
        void router.navigate({ to: '/tunnels/$id', params: { id }, replace: true })
      },
      (problem) => {
        void client.invalidateQueries({ queryKey: settingsQuery().queryKey })
        const event = tunnelEventFor(problem)
        if (event) editing.dispatch(event)
      },
    )
    editing.setAsking(false)
  }
  return { task, cannot: patch.bgp?.md5_key ? keyCannotWait : null, ask: () => void ask() }
}

/** What was sent goes its way, whoever looks at it. */
export const askingWords = {
  title: 'Leave while somebody is being asked?',
  description: 'The request goes on without this page. Approvals shows whether it has arrived.',
  isLost: false,
}

const keyCannotWait =
  'This sets an MD5 key, which cannot wait for approval: it would have to be stored. Ask an administrator to set it.'

/** Says why the review does not end in Apply, and what asking came to. */
export function SecondPersonNote({ asking: { task, cannot } }: { asking: Asking }) {
  return (
    <>
      <Banner title="A second person has to approve this">
        Its risk is high. Nothing is changed until somebody else who may change tunnels has seen it and says yes; then
        it is applied at once. If the tunnel changes before, the request lapses.
        {cannot && <span className="mt-1 block font-medium">{cannot}</span>}
      </Banner>
      {task.problem && (
        <div ref={focusOnMount} tabIndex={-1} className="outline-none">
          <ErrorPanel
            problem={{ ...task.problem, title: `${askedWords(task.problem)} ${task.problem.title}` }}
            isAlert
          />
        </div>
      )}
    </>
  )
}

function askedWords(problem: Problem): string {
  if (fateOf(problem) !== 'unknown') return 'Nobody was asked.'
  return 'It is not known whether somebody was asked. Asking again does no harm.'
}

/** Takes the place of Apply. `reason`: why nothing can be sent now. */
export function AskButton({ asking, reason }: { asking: Asking; reason: string | undefined }) {
  const { task, cannot, ask } = asking
  return (
    <Button
      kind="primary"
      busy={task.isBusy}
      disabledReason={task.isBusy ? undefined : (reason ?? cannot ?? undefined)}
      onClick={ask}
    >
      Ask for approval
    </Button>
  )
}
