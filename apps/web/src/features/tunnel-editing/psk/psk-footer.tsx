import type { ReactNode, RefObject } from 'react'
import { Button } from '../../../ui/button.tsx'
import type { PskTunnel } from './psk-tunnel.ts'
import type { PskState } from './use-generate-psk.ts'

interface GenerateButtonProps {
  tunnel: PskTunnel
  isOwn: boolean
  reason: string | undefined
  step: PskState['step']
  onPress: () => Promise<void>
}

export function GenerateButton({ tunnel, isOwn, reason, step, onPress }: GenerateButtonProps) {
  return (
    <Button
      kind={tunnel.hasKey ? 'danger' : 'primary'}
      busy={step === 'generating'}
      disabledReason={step === 'generating' ? undefined : reason}
      onClick={() => void onPress()}
    >
      {isOwn ? 'Set key' : 'Generate key'}
    </Button>
  )
}

interface FooterProps {
  step: PskState['step']
  isOwn: boolean
  /** Whether a key whose answer was lost may be generated again. */
  mayRepeat: boolean
  isStored: boolean
  cancelRef: RefObject<HTMLButtonElement | null>
  onClose: () => void
  /** The key is not wanted, whatever was ticked. */
  onDiscard: () => void
  onAgain: () => void
  generate: ReactNode
}

export function PskFooter(props: FooterProps) {
  const { step, isOwn, mayRepeat, isStored, cancelRef, onClose, onDiscard, onAgain, generate } = props
  switch (step) {
    case 'warn':
    case 'generating':
      return (
        <>
          <Button
            ref={cancelRef}
            disabledReason={step === 'generating' ? `A key is being ${isOwn ? 'set' : 'generated'}` : undefined}
            reasonPlace="described"
            onClick={onClose}
          >
            Cancel
          </Button>
          {generate}
        </>
      )
    case 'failed':
    case 'lost':
    case 'unknown':
      return (
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            kind="primary"
            disabledReason={
              step === 'unknown' && !mayRepeat ? 'Wait until the first one is no longer under way' : undefined
            }
            onClick={onAgain}
          >
            {isOwn ? 'Set again' : 'Generate again'}
          </Button>
        </>
      )
    default:
      return (
        <>
          <Button kind="ghost" onClick={onDiscard}>
            Discard and generate again later
          </Button>
          <Button
            kind="primary"
            disabledReason={isStored ? undefined : 'Tick “I have stored this key” first'}
            onClick={onClose}
          >
            Done
          </Button>
        </>
      )
  }
}
