import { ActDialog } from './act-dialog.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { RoleDialog } from './role-dialog.tsx'
import type { UserAction, UserDialogProps } from './user-act.ts'

/** The dialog of what was chosen for a person. */
export function UserDialogs({ action, ...props }: UserDialogProps & { action: UserAction }) {
  switch (action) {
    case 'role':
      return <RoleDialog {...props} />
    case 'reset':
      return <ResetDialog {...props} />
    default:
      return <ActDialog action={action} {...props} />
  }
}
