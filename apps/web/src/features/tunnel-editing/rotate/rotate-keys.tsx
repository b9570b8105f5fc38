import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { statusQuery } from '../../../data/status.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { siteEnding } from '../../../lib/site-ending.ts'
import { useStore } from '../../../lib/store.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { pskTunnelOf } from '../psk/psk-tunnel.ts'
import { useStopLeaving } from '../psk/use-stop-leaving.ts'
import { noteStored } from '../rotation/key-notes.ts'
import { ChooseTunnels } from './choose-tunnels.tsx'
import { chooseForRotation, chosenIds } from './chosen-ids.ts'
import { OpenRotations } from './open-rotations.tsx'
import { RotateConfirm } from './rotate-confirm.tsx'
import { RotateResults } from './rotate-results.tsx'
import { sitesAtRisk } from './sites-at-risk.ts'
import { useRotate } from './use-rotate.ts'

interface RotateKeysProps {
  step: 'choose' | 'confirm'
  onStep: (step: 'choose' | 'confirm') => void
  /** The keys were shown and put away. */
  onDone: () => void
}

/** New keys for many tunnels: choose, confirm, and see them once. */
export function RotateKeys({ step, onStep, onDone }: RotateKeysProps) {
  const list = useQuery(tunnelsQuery())
  const statuses = useQuery({ ...statusQuery(), select: ({ body }) => body.statuses }).data ?? {}
  const ending = useStore(siteEnding)
  const ids = useStore(chosenIds)
  const [reason, setReason] = useState('')
  const rotating = useRotate(reason)
  useStopLeaving(rotating.isSending, rotating.isSending)
  const finish = (isStored: boolean) => {
    if (isStored)
      noteStored(rotating.rotated.flatMap(({ result }) => (result.outcome === 'applied' ? [result.id] : [])))
    rotating.clear()
    chooseForRotation([])
    onDone()
  }
  // Before all else: they are nowhere but here, whatever becomes of the list.
  if (rotating.rotated.length > 0) return <RotateResults rotating={rotating} onDone={finish} />
  if (!list.data) {
    if (!list.error) return <SkeletonRows label="Loading tunnels" />
    return <ErrorPanel problem={list.error.problem} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
  }
  const { tunnels } = list.data.body
  const chosen = ids.flatMap((id) => tunnels.find((tunnel) => tunnel.id === id) ?? [])
  if (step === 'choose' || ids.length === 0) {
    return (
      <>
        <OpenRotations tunnels={tunnels} />
        <ChooseTunnels
          tunnels={tunnels}
          statuses={statuses}
          start={ids}
          onChosen={(next) => {
            chooseForRotation(next)
            onStep('confirm')
          }}
        />
      </>
    )
  }
  const keyTunnels = chosen.map(pskTunnelOf)
  return (
    <RotateConfirm
      tunnels={keyTunnels}
      gone={ids.length - chosen.length}
      sites={sitesAtRisk(chosen, tunnels, statuses, ending)}
      reason={reason}
      onReason={setReason}
      isSending={rotating.isSending}
      problem={rotating.problem}
      onBack={() => onStep('choose')}
      onRotate={() => rotating.rotate(keyTunnels)}
    />
  )
}
