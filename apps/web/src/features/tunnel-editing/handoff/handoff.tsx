import type { RevealedKey } from '../../../data/psk.ts'
import type { PskTunnel } from '../psk/psk-tunnel.ts'
import { HandoffForm } from './handoff-form.tsx'

interface HandoffProps {
  tunnel: PskTunnel
  revealed: RevealedKey
  /** The person is at work with the key: it need not hide yet. */
  onUse: () => void
}

/** A way to the engineer who sets up the device, folded until it is wanted. */
export function Handoff({ tunnel, revealed, onUse }: HandoffProps) {
  return (
    <details className="rounded-m border border-line px-3 py-2 text-14">
      <summary className="min-h-6 cursor-pointer rounded-s font-medium pointer-coarse:min-h-11">
        Leave it for the engineer at the far end
      </summary>
      <div className="mt-3 mb-1">
        <HandoffForm tunnel={tunnel} psk={revealed.psk} ipsecId={revealed.ipsecId} onUse={onUse} />
      </div>
    </details>
  )
}
