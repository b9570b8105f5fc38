import { useQueryClient } from '@tanstack/react-query'
import { type Role, roles } from '@tunnel-console/shared/access'
import { useId, useState } from 'react'
import { refreshUsers, updateUser } from '../../data/users.ts'
import { gained } from '../../lib/gained.ts'
import { roleCan, roleNames } from '../../lib/role-words.ts'
import { useTask } from '../../lib/use-task.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog, DialogClose } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select-field.tsx'
import { toast } from '../../ui/toast.ts'
import type { UserDialogProps } from './user-act.ts'
import { UserProblem } from './user-problem.tsx'

export const roleOptions = [...roles].reverse().map((role) => ({ value: role, label: roleNames[role] }))

/** Gives somebody another role, and says first what they gain and lose by it. */
export function RoleDialog({ user, isSelf, opener, onClose }: UserDialogProps) {
  const client = useQueryClient()
  const task = useTask()
  const id = useId()
  const [role, setRole] = useState(user.role)
  const apply = () =>
    task.run(
      () => updateUser(user.id, { role }),
      () => {
        toast(`${user.name} is now ${roleNames[role]}`)
        refreshUsers(client)
        onClose()
      },
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={opener}
      size="small"
      dismissable={!task.isBusy}
      title={`Change role of ${user.name}`}
      description={`${user.name} is ${roleNames[user.role]} now. A new role acts at once, also where they are signed in.`}
      footer={
        <>
          <DialogClose>Cancel</DialogClose>
          <Button
            kind="primary"
            busy={task.isBusy}
            disabledReason={role === user.role && !task.isBusy ? 'Choose another role first' : undefined}
            onClick={() => void apply()}
          >
            Change role
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-1">
        {task.problem && <UserProblem problem={task.problem} name={user.name} />}
        <label htmlFor={id} className="flex flex-col gap-1.5 text-14 font-medium">
          Role
          <Select
            id={id}
            value={role}
            options={roleOptions}
            aria-describedby={`${id}-what`}
            onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? role)}
            className="font-normal"
          />
        </label>
        <div id={`${id}-what`} aria-live="polite" className="flex flex-col gap-1 text-13 text-fg-2">
          <Difference before={user.role} after={role} />
        </div>
        {isSelf && role !== user.role && (
          <Callout tone="degraded" title="This is your own role">
            You lose it at once, and only another administrator can give it back to you.
          </Callout>
        )}
      </div>
    </Dialog>
  )
}

function Difference({ before, after }: { before: Role; after: Role }) {
  if (before === after) return <p>{roleCan[before]}.</p>
  const gains = gained(before, after)
  const loses = gained(after, before)
  return (
    <>
      {gains.length > 0 && <p>They will be able to {gains.join(', ')}.</p>}
      {loses.length > 0 && <p>They will no longer be able to {loses.join(', ')}.</p>}
    </>
  )
}
