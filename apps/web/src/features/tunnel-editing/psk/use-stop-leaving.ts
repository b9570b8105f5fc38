import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { useHeld } from '../../../lib/held.ts'

/** Back, forward and links wait while a key would be lost; closing the tab asks first. Says whether somebody was stopped. */
export function useStopLeaving(isHolding: boolean, warnsOfUnload: boolean): boolean {
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
