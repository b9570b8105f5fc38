import { memo, useState } from 'react'
import { count } from '../../../lib/format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { HandoffForm } from '../handoff/handoff-form.tsx'
import { HiddenSoon } from '../psk/psk-steps.tsx'
import { useHideForSafety } from '../psk/use-hide-for-safety.ts'
import { useStopLeaving } from '../psk/use-stop-leaving.ts'
import { EncryptedDownload } from './encrypted-download.tsx'
import { CompactKey, KeyRowActs, rotateColumns } from './rotate-columns.tsx'
import type { RotatedKey, Rotating } from './use-rotate.ts'

interface RotateResultsProps {
  rotating: Rotating
  /** The person is through; `isStored`: they say that they have the keys. */
  onDone: (isStored: boolean) => void
}

/** The new keys, once: a row for each tunnel, told what came of it. Leaving waits until they are stored. */
export function RotateResults({ rotating, onDone }: RotateResultsProps) {
  const { rotated, answers, isHidden, isSending, problem, rotate, hide } = rotating
  const [isStored, setStored] = useState(false)
  const [handedOff, setHandedOff] = useState<RotatedKey | null>(null)
  const applied = rotated.filter(({ result }) => result.outcome === 'applied')
  const shown = applied.filter(({ result }) => result.psk !== undefined)
  const unknown = rotated.filter(({ result }) => result.outcome === 'unknown')
  const { warns, extend } = useHideForSafety(shown.length > 0, () => {
    setHandedOff(null)
    hide()
  })
  const isHolding = isSending || (applied.length > 0 && !isStored)
  const wasStopped = useStopLeaving(isHolding, isSending || shown.length > 0)
  const again = (rows: readonly RotatedKey[]) => {
    setStored(false)
    extend()
    rotate(rows.map(({ tunnel }) => tunnel))
  }
  const acts = { isSending, onCopied: extend, onAgain: (row: RotatedKey) => again([row]), onHandOff: setHandedOff }
  return (
    <div className="flex flex-col gap-5">
      {/* After each answer anew: the button that led to it is gone. */}
      <div key={answers} ref={focusOnMount} tabIndex={-1} className="outline-none">
        <Summary rotated={rotated} isHidden={isHidden} />
      </div>
      {warns && <HiddenSoon what="The keys are" onExtend={extend} />}
      {problem && <ErrorPanel problem={{ ...problem, title: `${problem.title}. Nothing more was changed.` }} isAlert />}
      {unknown.length > 1 && (
        <div className="flex flex-wrap">
          <Button busy={isSending} onClick={() => again(unknown)}>
            {`Set ${unknown.length} again`}
          </Button>
        </div>
      )}
      <KeyRowActs value={acts}>
        <KeysTable rotated={rotated} />
      </KeyRowActs>
      {shown.length > 0 && <EncryptedDownload rotated={shown} onUse={extend} />}
      <div className="flex flex-col items-start gap-3 border-t border-line pt-4">
        {wasStopped && isHolding && (
          <Banner kind="warning" role="alert">
            The keys would be lost. Tick “I have stored these keys”, or discard them, before you go on.
          </Banner>
        )}
        {applied.length > 0 && (
          <Checkbox label="I have stored these keys" checked={isStored} onChange={() => setStored(!isStored)} />
        )}
        <div className="flex flex-wrap items-start gap-2">
          {applied.length > 0 && (
            <Button
              kind="ghost"
              disabledReason={isSending ? 'Keys are being set' : undefined}
              reasonPlace="described"
              onClick={() => onDone(false)}
            >
              Discard and generate again later
            </Button>
          )}
          <Button
            kind="primary"
            disabledReason={
              isSending ? 'Keys are being set' : isHolding ? 'Tick “I have stored these keys” first' : undefined
            }
            onClick={() => onDone(applied.length > 0)}
          >
            Done
          </Button>
        </div>
      </div>
      <HandOffDialog row={handedOff} onClose={() => setHandedOff(null)} onUse={extend} />
    </div>
  )
}

/** Drawn anew with new keys only: each drawing makes new cells, which would mask what is shown and drop the focus. */
const KeysTable = memo(function KeysTable({ rotated }: { rotated: readonly RotatedKey[] }) {
  return (
    <DataTable
      caption="New keys"
      columns={rotateColumns}
      rows={rotated}
      rowId={rowId}
      compact={compactKey}
      tabStops="all"
      height="none"
      virtualAbove={Number.POSITIVE_INFINITY}
    />
  )
})

const rowId = ({ tunnel }: RotatedKey) => tunnel.id
const compactKey = (row: RotatedKey) => <CompactKey row={row} />

function Summary({ rotated, isHidden }: { rotated: readonly RotatedKey[]; isHidden: boolean }) {
  const number = (outcome: RotatedKey['result']['outcome']) =>
    rotated.filter(({ result }) => result.outcome === outcome).length
  const parts = [
    `${count(number('applied'), 'new key')} in force`,
    ...(number('rejected') > 0 ? [`${number('rejected')} refused`] : []),
    ...(number('unknown') > 0 ? [`${number('unknown')} unknown`] : []),
  ]
  if (isHidden) {
    return (
      <Callout tone="degraded" title={parts.join(', ')}>
        Hidden for safety. If you did not copy them, generate new ones.
      </Callout>
    )
  }
  if (number('applied') === 0) {
    return (
      <Callout tone="degraded" title={parts.join(', ')}>
        No new key is known to be in force, so there is none to store. Set again what is unknown: the newest key is the
        one that counts.
      </Callout>
    )
  }
  return (
    <Callout title={parts.join(', ')}>
      This is the only time you can see these keys. Cloudflare cannot show them again. Put each on its device, and store
      them where you keep secrets.
    </Callout>
  )
}

interface HandOffDialogProps {
  row: RotatedKey | null
  onClose: () => void
  onUse: () => void
}

function HandOffDialog({ row, onClose, onUse }: HandOffDialogProps) {
  if (row?.result.psk === undefined) return null
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Leave the key of ${row.tunnel.name} for the engineer at the far end`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <div className="pb-2">
        <HandoffForm tunnel={row.tunnel} psk={row.result.psk} ipsecId={row.result.ipsec_id} onUse={onUse} />
      </div>
    </Dialog>
  )
}
