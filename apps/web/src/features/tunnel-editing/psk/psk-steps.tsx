import type { ReactNode } from 'react'
import type { RevealedKey } from '../../../data/psk.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { DeviceSide } from './device-side.tsx'
import type { PskTunnel } from './psk-tunnel.ts'
import { SecretKey } from './secret-key.tsx'

interface WarnStepProps {
  tunnel: PskTunnel
  typedName: string
  onTypedName: (name: string) => void
  /** What Enter does once the name is right. */
  onEnter: (() => void) | undefined
}

export function WarnStep({ tunnel, typedName, onTypedName, onEnter }: WarnStepProps) {
  if (!tunnel.hasKey) {
    return <p className="text-14 text-fg-2">This tunnel has no key yet, so nothing that works now is interrupted.</p>
  }
  return (
    <>
      <Callout tone="degraded" title="This tunnel has a key already">
        <p>
          The current key stops working for new IKE negotiations as soon as you generate. Traffic may continue until the
          next re-authentication, then stop unless the device has the new key.
        </p>
        {tunnel.lastGeneratedOn && (
          <p className="mt-1">
            The current key was made <TimeAgo at={tunnel.lastGeneratedOn} />. It cannot be read back.
          </p>
        )}
      </Callout>
      <ConfirmNameField name={tunnel.name} value={typedName} onChange={onTypedName} onEnter={onEnter} />
    </>
  )
}

/** The step before took its button along: focus goes on here, so that it is never lost. */
export function StepStart({ children }: { children: ReactNode }) {
  return (
    <div ref={focusOnMount} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      {children}
    </div>
  )
}

export function RevealStep({
  tunnel,
  revealed,
  warns,
  onExtend,
}: {
  tunnel: PskTunnel
  revealed: RevealedKey
  warns: boolean
  onExtend: () => void
}) {
  return (
    <StepStart>
      <p className="text-14">
        This is the only time you can see this key. Cloudflare cannot show it again. Put it on the device and store it
        where you keep secrets.
      </p>
      {warns && (
        <Banner
          kind="warning"
          role="alert"
          actions={
            <Button size="small" onClick={onExtend}>
              Extend
            </Button>
          }
        >
          The key is hidden for safety in less than a minute.
        </Banner>
      )}
      <SecretKey psk={revealed.psk} onCopied={onExtend} />
      <DeviceSide tunnel={tunnel} ipsecId={revealed.ipsecId} />
    </StepStart>
  )
}

export function HiddenStep({ tunnel, ipsecId }: { tunnel: PskTunnel; ipsecId: string | undefined }) {
  return (
    <StepStart>
      <Callout tone="degraded">Hidden for safety. If you did not copy it, generate a new one.</Callout>
      <DeviceSide tunnel={tunnel} ipsecId={ipsecId} />
    </StepStart>
  )
}
