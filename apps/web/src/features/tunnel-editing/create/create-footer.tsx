import { blankDraft } from '@tunnel-console/shared/draft'
import type { ReactNode } from 'react'
import { useNeed } from '../../../data/need.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/need.ts'
import { Button } from '../../../ui/button.tsx'
import { changesText } from '../changes-text.ts'
import { footerOf, unknownReason, unknownTitle } from '../write/footer.ts'
import { CopyTyped, FooterStatus, FooterStrip } from '../write/form-footer.tsx'
import type { Phase } from '../write/write-state.ts'
import type { Creating } from './use-create-tunnel.ts'

const words: Partial<Record<Phase, string>> = {
  dirty: 'Not validated',
  validating: 'Asking Cloudflare… nothing is created',
  unavailable: 'Validation is unavailable. You can still create it.',
  applying: 'Creating…',
  saved: 'Created',
  unknown: unknownTitle('created'),
}

interface CreateFooterProps {
  creating: Creating
  /** Why nothing can be sent with the key as it is, if so. */
  keyReason: string | undefined
  /** The ways out of here, before the buttons that send something. */
  children: ReactNode
}

/** How a creation stands, and what sends it: to be tried, or to happen. */
export function CreateFooter({ creating, keyReason, children }: CreateFooterProps) {
  const { state, phase } = creating
  const look = footerOf(phase, state, 1)
  const cannot = useCannotSend()
  const need = useNeed('tunnel.create')
  const isLost = phase === 'unknown' ? unknownReason('created') : undefined
  const closed = isLost ?? (need ? needText(need) : (cannot ?? keyReason))
  return (
    <FooterStrip
      status={
        <FooterStatus look={{ ...look, text: words[phase] ?? look.text }} need={phase === 'unknown' ? null : need} />
      }
    >
      {children}
      {need && <CopyTyped typed={() => changesText(blankDraft, creating.kit.draft)} />}
      <Button
        busy={phase === 'validating'}
        disabledReason={phase === 'applying' ? 'The tunnel is being created' : closed}
        reasonPlace="described"
        onClick={() => void creating.validate()}
      >
        Validate
      </Button>
      <Button
        kind="primary"
        busy={phase === 'applying'}
        disabledReason={phase === 'validating' ? 'Wait for the answer' : phase === 'applying' ? undefined : closed}
        onClick={() => void creating.create()}
      >
        Create tunnel
      </Button>
    </FooterStrip>
  )
}
