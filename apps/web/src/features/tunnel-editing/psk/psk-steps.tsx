import type { ReactNode } from 'react'
import type { RevealedKey } from '../../../data/psk.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { ConfirmNameField } from '../confirm-name-field.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { Handoff } from '../handoff/handoff.tsx'
import { DeviceSide } from './device-side.tsx'
import type { PskTunnel } from './psk-tunnel.ts'
import { SecretKey } from './secret-key.tsx'

/** What a page shows beside a revealed key, for as long as it is revealed; `onUse`: the person is at work with it. */
export type DeviceSlot = (revealed: RevealedKey, onUse: () => void) => ReactNode

interface WarnStepProps {
  tunnel: PskTunnel
  isOwn: boolean
  typedName: string
  onTypedName: (name: string) => void
  /** What Enter does once the name is right. */
  onEnter: (() => void) | undefined
  /** Goes about it step by step, with the device at the other end. Left out where that is under way. */
  onChecklist: (() => void) | undefined
  /** Where the new key comes from. */
  children: ReactNode
}

export function WarnStep(props: WarnStepProps) {
  const { tunnel, isOwn, typedName, onTypedName, onEnter, onChecklist, children } = props
  if (!tunnel.hasKey) {
    return (
      <>
        <p className="text-14 text-fg-2">This tunnel has no key yet, so nothing that works now is interrupted.</p>
        {children}
      </>
    )
  }
  return (
    <>
      <Callout tone="degraded" title="This tunnel has a key already">
        <p>
          The current key stops working for new IKE negotiations as soon as you {isOwn ? 'set another' : 'generate'}.
          Traffic may continue until the next re-authentication, then stop unless the device has the new key.
        </p>
        {tunnel.lastGeneratedOn && (
          <p className="mt-1">
            The current key was made <TimeAgo at={tunnel.lastGeneratedOn} />. It cannot be read back.
          </p>
        )}
        {onChecklist && <ChecklistOffer onStart={onChecklist} />}
      </Callout>
      {children}
      <ConfirmNameField name={tunnel.name} value={typedName} onChange={onTypedName} onEnter={onEnter} />
    </>
  )
}

function ChecklistOffer({ onStart }: { onStart: () => void }) {
  return (
    <p className="mt-1">
      A checklist leads through it, here and at the device:{' '}
      <button
        type="button"
        onClick={onStart}
        className="min-h-6 rounded-s text-accent underline decoration-1 underline-offset-3 hover:decoration-2 pointer-coarse:min-h-11"
      >
        Start the rotation checklist
      </button>
    </p>
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

interface RevealStepProps {
  tunnel: PskTunnel
  isOwn: boolean
  revealed: RevealedKey
  warns: boolean
  onExtend: () => void
  setup: DeviceSlot | undefined
}

export function RevealStep({ tunnel, isOwn, revealed, warns, onExtend, setup }: RevealStepProps) {
  return (
    <StepStart>
      <p className="text-14">
        {isOwn && 'Your key is in force. '}
        This is the only time you can see this key. Cloudflare cannot show it again. Put it on the device and store it
        where you keep secrets.
      </p>
      {warns && <HiddenSoon what="The key is" onExtend={onExtend} />}
      <SecretKey psk={revealed.psk} onCopied={onExtend} />
      <DeviceSide tunnel={tunnel} ipsecId={revealed.ipsecId} />
      {setup && (
        <details className="rounded-m border border-line px-3 py-2 text-14">
          <summary className="min-h-6 cursor-pointer rounded-s font-medium pointer-coarse:min-h-11">
            Configuration for the device, with this key
          </summary>
          <div className="mt-3 mb-1">{setup(revealed, onExtend)}</div>
        </details>
      )}
      <Handoff tunnel={tunnel} revealed={revealed} onUse={onExtend} />
    </StepStart>
  )
}

/** The end is near: time to ask for more (S21, WCAG 2.2.1). It stays in sight of whoever has scrolled to what is below. */
export function HiddenSoon({ what, onExtend }: { what: string; onExtend: () => void }) {
  return (
    <div className="sticky top-0 z-10">
      <Banner
        kind="warning"
        role="alert"
        actions={
          <Button size="small" onClick={onExtend}>
            Extend
          </Button>
        }
      >
        {what} hidden for safety in less than a minute.
      </Banner>
    </div>
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
