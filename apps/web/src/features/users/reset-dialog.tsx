import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refreshUsers, resetUser, type SecretLink } from '../../data/users.ts'
import { useTask } from '../../lib/use-task.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { LinkDialog } from '../../ui/one-time-link.tsx'
import type { UserDialogProps } from './user-act.ts'
import { UserProblem } from './user-problem.tsx'
import { linkWords } from './words.ts'

/** Makes a link with which somebody sets a password: a new one, or the first if the invitation was not taken up. */
export function ResetDialog({ user, opener, onClose }: UserDialogProps) {
  const client = useQueryClient()
  const task = useTask()
  const [link, setLink] = useState<SecretLink | null>(null)
  const isInvited = user.invitedUntil !== null
  const words = isInvited ? linkWords.invite : linkWords.reset
  const make = () =>
    task.run(
      () => resetUser(user.id),
      (made) => {
        setLink(made)
        refreshUsers(client)
      },
    )
  if (link) {
    return (
      <LinkDialog title={words.made(user.name)} link={link} opener={opener} onClose={onClose}>
        <p className="text-13 text-fg-2">{words.validity}</p>
      </LinkDialog>
    )
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      finalFocus={opener}
      title={words.ask(user.name)}
      description={words.means(user.name)}
      confirmLabel="Create link"
      busy={task.isBusy}
      onConfirm={() => void make()}
    >
      {task.problem && <UserProblem problem={task.problem} name={user.name} />}
    </ConfirmDialog>
  )
}
