import { useNeed } from '../../../data/need.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/need.ts'
import { Button } from '../../../ui/button.tsx'
import { DialogClose } from '../../../ui/dialog.tsx'
import type { useDecision } from './use-decision.ts'

interface ApprovalFooterProps {
  decision: ReturnType<typeof useDecision>
  isOwn: boolean
  word: string
  isWordRight: boolean
  /** The tunnel's name was typed, as before every change of a high risk. */
  isNamed: boolean
}

/** What can be done about one that waits: taken back by whoever asked, decided by everybody else who may. */
export function ApprovalFooter({ decision, isOwn, word, isWordRight, isNamed }: ApprovalFooterProps) {
  const { busy, act } = decision
  const need = useNeed('tunnel.update')
  const cannot = useCannotSend()
  const closed = need ? needText(need) : (cannot ?? (isWordRight ? undefined : 'Your word cannot be kept as it is'))
  const meanwhile = busy === null ? undefined : 'Wait for the answer'
  if (isOwn) {
    return (
      <>
        <DialogClose>Close</DialogClose>
        <Button busy={busy !== null} disabledReason={busy ? undefined : closed} onClick={() => act('withdraw', '')}>
          Withdraw
        </Button>
      </>
    )
  }
  return (
    <>
      <DialogClose>Close</DialogClose>
      <Button
        busy={busy === 'decline'}
        disabledReason={
          busy === 'decline'
            ? undefined
            : (meanwhile ?? closed ?? (word.trim() === '' ? 'To decline, say why first' : undefined))
        }
        onClick={() => act('decline', word)}
      >
        Decline
      </Button>
      <Button
        kind="primary"
        busy={busy === 'approve'}
        disabledReason={
          busy === 'approve'
            ? undefined
            : (meanwhile ?? closed ?? (isNamed ? undefined : 'To approve, type the tunnel name first'))
        }
        onClick={() => act('approve', word)}
      >
        Approve
      </Button>
    </>
  )
}
