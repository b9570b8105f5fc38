import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNeed } from '../../../data/need.ts'
import { pskCheckQuery } from '../../../data/psk.ts'
import { useCan, useSession } from '../../../data/session.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/need.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { DryRunLine } from '../dry-run-line.tsx'
import { noteKeys, noteStored, startRotation, useKeyNote } from '../rotation/key-notes.ts'
import { keyComplaint } from './key-words.ts'
import { NewKeyChoice } from './new-key-choice.tsx'
import { FailedStep, isStillAsking, LostStep, UnknownStep } from './psk-failures.tsx'
import { GenerateButton, PskFooter } from './psk-footer.tsx'
import { type DeviceSlot, HiddenStep, RevealStep, WarnStep } from './psk-steps.tsx'
import type { PskTunnel } from './psk-tunnel.ts'
import { type OwnKey, useGeneratePsk } from './use-generate-psk.ts'
import { useHideForSafety } from './use-hide-for-safety.ts'
import { useStopLeaving } from './use-stop-leaving.ts'

interface GeneratePskDialogProps {
  tunnel: PskTunnel
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The person has asked for a generated key already: it is made as soon as Cloudflare’s dry run allows it. */
  startsAtOnce?: boolean
  /** The device's configuration with the key in it. */
  setup?: DeviceSlot | undefined
}

/** Sets a tunnel's key, one that Cloudflare makes or one's own, and shows it once: warn, reveal, close. */
export function GeneratePskDialog(props: GeneratePskDialogProps) {
  // Mounted for one key only: closing drops everything.
  return props.open ? <OpenDialog {...props} /> : null
}

function OpenDialog({ tunnel, onOpenChange, setup, startsAtOnce = false }: GeneratePskDialogProps) {
  const client = useQueryClient()
  const { user } = useSession()
  const [own, setOwn] = useState<OwnKey | null>(null)
  const [hadKey] = useState(tunnel.hasKey)
  const isOnTheWay = useKeyNote(tunnel.id, user.id)?.isRotation === true
  const { state, watch, generate, hide, startOver } = useGeneratePsk({
    tunnelId: tunnel.id,
    own,
    onRevealed: () => noteKeys([{ id: tunnel.id, hadKey }], user.id),
  })
  const cancel = useRef<HTMLButtonElement>(null)
  const [typedName, setTypedName] = useState('')
  const [isStored, setStored] = useState(false)
  const mayBringOne = useCan('psk.bulkSet')
  const reason = useReasonAgainst(tunnel, typedName, own)
  const { warns, extend } = useHideForSafety(state.step === 'revealed', hide)
  const isOut = state.step === 'revealed' || state.step === 'hidden'
  const isHolding = state.step === 'generating' || (isOut && !isStored)
  const wasStopped = useStopLeaving(isHolding, state.step === 'revealed' || state.step === 'generating')
  const press = state.step === 'warn' && reason === undefined ? () => void generate() : undefined
  useStart(startsAtOnce && !tunnel.hasKey && own === null ? press : undefined)

  const discard = () => {
    onOpenChange(false)
    if (state.step !== 'warn') void client.invalidateQueries()
  }
  const close = () => {
    if (isOut && isStored) noteStored([tunnel.id])
    discard()
  }
  const startChecklist = () => {
    startRotation(tunnel.id, user.id)
    onOpenChange(false)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      dismissable={!isHolding}
      initialFocus={cancel}
      title={`Pre-shared key for ${tunnel.name}`}
      footer={
        <PskFooter
          step={state.step}
          isOwn={own !== null}
          mayRepeat={!isStillAsking(watch)}
          isStored={isStored}
          cancelRef={cancel}
          onClose={close}
          onDiscard={discard}
          onAgain={startOver}
          generate={
            <GenerateButton tunnel={tunnel} isOwn={own !== null} reason={reason} step={state.step} onPress={generate} />
          }
        />
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {(state.step === 'warn' || state.step === 'generating') && (
          <>
            <WarnStep
              tunnel={tunnel}
              isOwn={own !== null}
              typedName={typedName}
              onTypedName={setTypedName}
              onEnter={press}
              onChecklist={isOnTheWay ? undefined : startChecklist}
            >
              {mayBringOne && <NewKeyChoice tunnelId={tunnel.id} own={own} onChange={setOwn} onEnter={press} />}
            </WarnStep>
            {!own && <PskDryRun id={tunnel.id} />}
          </>
        )}
        {state.step === 'revealed' && (
          <RevealStep
            tunnel={tunnel}
            isOwn={own !== null}
            revealed={state.key}
            warns={warns}
            onExtend={extend}
            setup={setup}
          />
        )}
        {state.step === 'hidden' && <HiddenStep tunnel={tunnel} ipsecId={state.ipsecId} />}
        {state.step === 'unknown' && <UnknownStep isOwn={own !== null} lost={state.lost} watch={watch} />}
        {state.step === 'lost' && <LostStep isOwn={own !== null} />}
        {state.step === 'failed' && <FailedStep isOwn={own !== null} problem={state.problem} onRetry={startOver} />}
        {wasStopped && isHolding && <KeyWouldBeLost />}
        {isOut && <Checkbox label="I have stored this key" checked={isStored} onChange={() => setStored(!isStored)} />}
      </div>
    </Dialog>
  )
}

/** Does it once, as soon as it can be done. */
function useStart(start: (() => void) | undefined): void {
  const isStarted = useRef(false)
  // Nobody presses: what allows it is the answer of a dry run.
  useEffect(() => {
    if (!start || isStarted.current) return
    isStarted.current = true
    start()
  })
}

function KeyWouldBeLost() {
  return (
    <Banner kind="warning" role="alert">
      The key would be lost. Tick “I have stored this key”, or discard it, before you go on.
    </Banner>
  )
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

/** Why no key can be set now, if so. */
function useReasonAgainst(tunnel: PskTunnel, typedName: string, own: OwnKey | null): string | undefined {
  const check = useQuery(pskCheckQuery(tunnel.id))
  const cannot = useCannotSend()
  const need = useNeed(own ? 'psk.bulkSet' : 'psk.generate')
  if (need) return needText(need)
  if (cannot) return cannot
  if (own?.psk === '') return 'Type or paste the key first'
  if (own && keyComplaint(own.psk) !== null) return 'The key cannot be used as it is'
  if (!own && check.error?.problem.code === 'rejected') return 'Cloudflare would refuse this'
  if (!own && check.isPending) return 'Waiting for Cloudflare’s dry run'
  return tunnel.hasKey && typedName !== tunnel.name ? 'Type the tunnel name first' : undefined
}
