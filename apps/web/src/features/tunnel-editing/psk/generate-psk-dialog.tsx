import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { pskCheckQuery } from '../../../data/psk.ts'
import { useNeed } from '../../../data/session.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { useHeld } from '../../../lib/held.ts'
import { needText } from '../../../lib/role-words.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { FailedStep, isStillAsking, LostStep, UnknownStep } from './psk-failures.tsx'
import { HiddenStep, RevealStep, WarnStep } from './psk-steps.tsx'
import type { PskTunnel } from './psk-tunnel.ts'
import { type PskState, useGeneratePsk } from './use-generate-psk.ts'
import { useHideForSafety } from './use-hide-for-safety.ts'

interface GeneratePskDialogProps {
  tunnel: PskTunnel
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Generates a tunnel's key and shows it once: warn, reveal, close. */
export function GeneratePskDialog(props: GeneratePskDialogProps) {
  // Mounted for one key only: closing drops everything.
  return props.open ? <OpenDialog {...props} /> : null
}

function OpenDialog({ tunnel, onOpenChange }: GeneratePskDialogProps) {
  const client = useQueryClient()
  const { state, watch, generate, hide, startOver } = useGeneratePsk(tunnel.id)
  const cancel = useRef<HTMLButtonElement>(null)
  const [typedName, setTypedName] = useState('')
  const [isStored, setStored] = useState(false)
  const reason = useReasonAgainst(tunnel, typedName)
  const { warns, extend } = useHideForSafety(state.step === 'revealed', hide)
  const isOut = state.step === 'revealed' || state.step === 'hidden'
  const isHolding = state.step === 'generating' || (isOut && !isStored)
  const wasStopped = useStopLeaving(isHolding, state.step === 'revealed' || state.step === 'generating')

  const close = () => {
    onOpenChange(false)
    if (state.step !== 'warn') void client.invalidateQueries()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      dismissable={!isHolding}
      initialFocus={cancel}
      title={`Pre-shared key for ${tunnel.name}`}
      footer={
        <Footer
          step={state.step}
          mayRepeat={!isStillAsking(watch)}
          isStored={isStored}
          cancelRef={cancel}
          onClose={close}
          onAgain={startOver}
          generate={<GenerateButton tunnel={tunnel} reason={reason} step={state.step} onPress={generate} />}
        />
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {(state.step === 'warn' || state.step === 'generating') && (
          <>
            <WarnStep
              tunnel={tunnel}
              typedName={typedName}
              onTypedName={setTypedName}
              onEnter={state.step === 'warn' && reason === undefined ? () => void generate() : undefined}
            />
            <PskDryRun id={tunnel.id} />
          </>
        )}
        {state.step === 'revealed' && (
          <RevealStep tunnel={tunnel} revealed={state.key} warns={warns} onExtend={extend} />
        )}
        {state.step === 'hidden' && <HiddenStep tunnel={tunnel} ipsecId={state.ipsecId} />}
        {state.step === 'unknown' && <UnknownStep lost={state.lost} watch={watch} />}
        {state.step === 'lost' && <LostStep />}
        {state.step === 'failed' && <FailedStep problem={state.problem} onRetry={startOver} />}
        {wasStopped && isHolding && <KeyWouldBeLost />}
        {isOut && <Checkbox label="I have stored this key" checked={isStored} onChange={() => setStored(!isStored)} />}
      </div>
    </Dialog>
  )
}

function KeyWouldBeLost() {
  return (
    <Banner kind="warning" role="alert">
      The key would be lost. Tick “I have stored this key”, or discard it, before you go on.
    </Banner>
  )
}

/** Back, forward and links wait while a key would be lost; closing the tab asks first. */
function useStopLeaving(isHolding: boolean, warnsOfUnload: boolean): boolean {
  const [wasStopped, setStopped] = useState(false)
  useHeld(() => isHolding || warnsOfUnload)
  useBlocker({
    disabled: !isHolding && !warnsOfUnload,
    enableBeforeUnload: warnsOfUnload,
    shouldBlockFn: () => {
      if (isHolding) setStopped(true)
      return isHolding
    },
  })
  return wasStopped
}

function PskDryRun({ id }: { id: string }) {
  const { isPending, error } = useQuery(pskCheckQuery(id))
  return (
    <DryRunLine
      isPending={isPending}
      problem={error?.problem}
      accepted="Cloudflare accepts a new key for this tunnel."
    />
  )
}

/** Why no key can be generated now, if so. */
function useReasonAgainst(tunnel: PskTunnel, typedName: string): string | undefined {
  const check = useQuery(pskCheckQuery(tunnel.id))
  const cannot = useCannotSend()
  const need = useNeed('psk.generate')
  if (need) return needText(need)
  if (cannot) return cannot
  if (check.error?.problem.code === 'rejected') return 'Cloudflare would refuse this'
  if (check.isPending) return 'Waiting for Cloudflare’s dry run'
  return tunnel.hasKey && typedName !== tunnel.name ? 'Type the tunnel name first' : undefined
}

interface GenerateButtonProps {
  tunnel: PskTunnel
  reason: string | undefined
  step: PskState['step']
  onPress: () => Promise<void>
}

function GenerateButton({ tunnel, reason, step, onPress }: GenerateButtonProps) {
  return (
    <Button
      kind={tunnel.hasKey ? 'danger' : 'primary'}
      busy={step === 'generating'}
      disabledReason={step === 'generating' ? undefined : reason}
      onClick={() => void onPress()}
    >
      Generate key
    </Button>
  )
}

interface FooterProps {
  step: PskState['step']
  /** Whether a key whose answer was lost may be generated again. */
  mayRepeat: boolean
  isStored: boolean
  cancelRef: RefObject<HTMLButtonElement | null>
  onClose: () => void
  onAgain: () => void
  generate: ReactNode
}

function Footer({ step, mayRepeat, isStored, cancelRef, onClose, onAgain, generate }: FooterProps) {
  switch (step) {
    case 'warn':
    case 'generating':
      return (
        <>
          <Button
            ref={cancelRef}
            disabledReason={step === 'generating' ? 'A key is being generated' : undefined}
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
            Generate again
          </Button>
        </>
      )
    default:
      return (
        <>
          <Button kind="ghost" onClick={onClose}>
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
