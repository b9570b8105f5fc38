import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { followStays, stay } from '../../data/activity.ts'
import { signedOut } from '../../lib/signed-out.ts'

const reportEveryMs = 60_000

/** What only a person does. */
const acts = ['pointerdown', 'pointermove', 'wheel', 'touchstart', 'keydown'] as const

/**
 * Tells the server of a person's acts, at most once a minute in all tabs together (S32). Polling is no act, and neither is
 * anything in a tab that nobody sees. While the console asks whether somebody is there, only the answer counts.
 */
export function useActivity(isAsking: boolean): void {
  const client = useQueryClient()
  const asking = useRef(isAsking)
  asking.current = isAsking
  // The person, and the other tabs, are outside React.
  useEffect(() => {
    let reportedAt = Number.NEGATIVE_INFINITY
    const report = () => {
      const isSoon = performance.now() - reportedAt < reportEveryMs
      if (isSoon || asking.current || document.hidden || signedOut.get()) return
      reportedAt = performance.now()
      // A report that fails is made again with an act a minute later; the warning comes before it is too late.
      stay(client).catch(() => undefined)
    }
    const unfollow = followStays(client, () => {
      reportedAt = performance.now()
    })
    for (const act of acts) addEventListener(act, report, { passive: true, capture: true })
    return () => {
      unfollow()
      for (const act of acts) removeEventListener(act, report, { capture: true })
    }
  }, [client])
}
