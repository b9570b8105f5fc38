import { useQueryClient } from '@tanstack/react-query'
import type { UserEntry } from '@tunnel-console/shared/api'
import { endUserSessions, refreshUsers, updateUser } from '../../data/users.ts'
import { roleNames } from '../../lib/role-words.ts'
import { useTask } from '../../lib/use-task.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toast } from '../../ui/toast.ts'
import type { UserDialogProps } from './user-act.ts'
import { UserProblem } from './user-problem.tsx'

type Act = 'disable' | 'enable' | 'endSessions'

interface Words {
  title: string
  description: string
  confirm: string
  done: string
  run: () => Promise<unknown>
}

/** What each act does, before it is done. */
function wordsFor(action: Act, { id, name, role }: UserEntry): Words {
  switch (action) {
    case 'disable':
      return {
        title: `Disable ${name}?`,
        description: `${name} is signed out everywhere at once and cannot sign in any more. What they did stays in the audit log. You can enable them again.`,
        confirm: 'Disable',
        done: `${name} was disabled`,
        run: () => updateUser(id, { disabled: true }),
      }
    case 'enable':
      return {
        title: `Enable ${name}?`,
        description: `${name} can sign in again with the password they had, as ${roleNames[role]}.`,
        confirm: 'Enable',
        done: `${name} was enabled`,
        run: () => updateUser(id, { disabled: false }),
      }
    case 'endSessions':
      return {
        title: `End all sessions of ${name}?`,
        description: `${name} is signed out on every device at once and has to sign in again. What they have typed stays on their screen.`,
        confirm: 'End all sessions',
        done: `All sessions of ${name} were ended`,
        run: () => endUserSessions(id),
      }
  }
}

/** Disables, enables, or signs somebody out, after saying what that means for them. */
export function ActDialog({ action, user, opener, onClose }: UserDialogProps & { action: Act }) {
  const client = useQueryClient()
  const task = useTask()
  const words = wordsFor(action, user)
  const confirm = () =>
    task.run(words.run, () => {
      toast(words.done)
      refreshUsers(client)
      onClose()
    })
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      finalFocus={opener}
      title={words.title}
      description={words.description}
      confirmLabel={words.confirm}
      isDanger={action !== 'enable'}
      busy={task.isBusy}
      onConfirm={() => void confirm()}
    >
      {task.problem && <UserProblem problem={task.problem} name={user.name} />}
    </ConfirmDialog>
  )
}
