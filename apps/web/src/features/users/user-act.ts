import type { UserEntry } from '@tunnel-console/shared/api'
import type { RefObject } from 'react'

/** What can be done with a person. */
export type UserAction = 'role' | 'reset' | 'endSessions' | 'disable' | 'enable'

/** What the dialog of such an act is given. It is mounted for one act only. */
export interface UserDialogProps {
  user: UserEntry
  isSelf: boolean
  /** What opened it: the focus goes back there. */
  opener: RefObject<HTMLElement | null>
  onClose: () => void
}
