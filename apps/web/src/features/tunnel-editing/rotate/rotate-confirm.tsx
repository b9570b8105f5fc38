import { useQuery } from '@tanstack/react-query'
import type { Problem } from '@tunnel-console/shared/problem'
import { useId, useState } from 'react'
import { useNeed } from '../../../data/need.ts'
import { keysCheckQuery } from '../../../data/psk.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { count } from '../../../lib/format.ts'
import { needText } from '../../../lib/need.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { ignoredByPasswordManagers, TextInput } from '../../../ui/text-field.tsx'
import { ChosenTunnels } from '../bulk/chosen-tunnels.tsx'
import type { PskTunnel } from '../psk/psk-tunnel.ts'
import { ReasonField, reasonComplaint } from '../stakes/reason-field.tsx'
import { FailedWrite } from '../write/failed-write.tsx'
import { choiceProblem } from './choice-problem.ts'
import { KeysDryRun } from './keys-dry-run.tsx'

interface RotateConfirmProps {
  tunnels: readonly PskTunnel[]
  /** How many of the chosen are gone by now. */
  gone: number
  /** Sites without another healthy tunnel. */
  sites: readonly string[]
  reason: string
  onReason: (reason: string) => void
  isSending: boolean
  /** Why nothing was done. */
  problem: Problem | null
  onBack: () => void
  onRotate: () => void
}

/** What will happen, and the two things that are asked for before it does. */
export function RotateConfirm(props: RotateConfirmProps) {
  const { tunnels, gone, sites, reason, onReason, isSending, problem, onBack, onRotate } = props
  const [typed, setTyped] = useState('')
  const against = useReasonAgainst(tunnels, typed, reason)
  return (
    <div className="flex max-w-form flex-col gap-5">
      <Callout tone="degraded" title={`${count(tunnels.length, 'key')} will be replaced`}>
        <p>
          The current key stops working for new IKE negotiations at once, on every one of these tunnels. Traffic may
          continue until the next re-authentication, then stop unless the device has the new key. A key cannot be
          undone: nobody can read the former one back.
        </p>
        {sites.length > 0 && <AtRisk sites={sites} />}
      </Callout>
      {gone > 0 && (
        <Callout tone="degraded">
          {gone === 1
            ? 'One of the chosen tunnels no longer exists and is'
            : `${gone} of the chosen tunnels no longer exist and are`}{' '}
          left out.
        </Callout>
      )}
      <ChosenTunnels tunnels={tunnels} />
      {choiceProblem(tunnels.length) === undefined && <KeysDryRun tunnels={tunnels} />}
      {problem && <FailedWrite problem={problem} onRetry={onRotate} />}
      <ReasonField value={reason} onChange={onReason} />
      <CountField wanted={tunnels.length} value={typed} onChange={setTyped} onEnter={against ? undefined : onRotate} />
      <div className="flex flex-wrap items-start gap-2">
        <Button
          disabledReason={isSending ? 'The keys are being set' : undefined}
          reasonPlace="described"
          onClick={onBack}
        >
          Change the choice
        </Button>
        <Button kind="danger" busy={isSending} disabledReason={isSending ? undefined : against} onClick={onRotate}>
          {`Generate ${count(tunnels.length, 'key')}`}
        </Button>
      </div>
    </div>
  )
}

/** Why the keys cannot be set now, if so. */
function useReasonAgainst(tunnels: readonly PskTunnel[], typed: string, reason: string): string | undefined {
  const isMany = choiceProblem(tunnels.length)
  const check = useQuery({ ...keysCheckQuery(tunnels.map(({ id }) => id)), enabled: isMany === undefined })
  const need = useNeed('psk.bulkSet')
  const cannot = useCannotSend()
  if (need) return needText(need)
  if (isMany) return isMany
  if (cannot) return cannot
  if (check.isPending) return 'Waiting for Cloudflare’s dry run'
  const refused = check.data?.filter(({ outcome }) => outcome === 'rejected').length
  if (refused === tunnels.length) return 'Cloudflare would refuse all of these'
  return reasonComplaint(reason) ?? (typed.trim() === String(tunnels.length) ? undefined : 'Type the number first')
}

function AtRisk({ sites }: { sites: readonly string[] }) {
  const few = sites.slice(0, 8).join(', ')
  const more = sites.length > 8 ? ` and ${sites.length - 8} more` : ''
  return (
    <p className="mt-2 font-medium text-fg [overflow-wrap:anywhere]">
      {sites.length === 1 ? 'One site has' : `${sites.length} sites have`} no other healthy tunnel meanwhile: {few}
      {more}. Where a site has two tunnels, rotate one, wait until it is up, then the other.
    </p>
  )
}

interface CountFieldProps {
  wanted: number
  value: string
  onChange: (text: string) => void
  onEnter: (() => void) | undefined
}

/** Asks for the number in the person's own typing: it is what they believe they have chosen. */
function CountField({ wanted, value, onChange, onEnter }: CountFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        Type the number of tunnels to confirm
      </label>
      <TextInput
        {...ignoredByPasswordManagers}
        id={id}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || !onEnter) return
          event.preventDefault()
          onEnter()
        }}
        aria-describedby={`${id}-hint`}
        className="max-w-24"
      />
      <p id={`${id}-hint`} className="text-13 text-fg-3">
        The number is <strong className="font-medium text-fg">{wanted}</strong>
      </p>
    </div>
  )
}
