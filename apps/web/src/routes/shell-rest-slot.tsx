import type { Permission } from '@tunnel-console/shared/access'
import { type ComponentType, useEffect } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { ManyBar } from './many-slot.tsx'

// What the shell shows only when something is going on. It comes when the page is there, all in one file; where it cannot
// be loaded, the page does without.
type Rest = typeof import('./shell-rest.tsx')

const rest = <Props extends object>(take: (parts: Rest) => ComponentType<Props>) =>
  lazyPart<Props>(async () => take(await import('./shell-rest.tsx')), { Missing: Nothing, isPatient: true })

const Nothing = () => null

export const ShellRest = rest<object>((parts) => parts.ShellRest)
export const RunningJob = rest<object>((parts) => parts.RunningJob)
export const UndoSlot = rest<object>((parts) => parts.UndoSlot)
export const RoleNotice = rest<{ pageNeeds: Permission | undefined }>((parts) => parts.RoleNotice)

const afterMs = 500
const againMs = 15_000

/** Loads it soon after the first page, which it must not hold up, and tries again where it could not: nothing else would. */
export function useShellRest(): void {
  // Fetching code is outside React.
  useEffect(() => {
    const load = () =>
      void Promise.all([ShellRest, RunningJob, UndoSlot, RoleNotice, ManyBar].map((part) => part.preload()))
    const timer = setTimeout(load, afterMs)
    const again = setInterval(load, againMs)
    return () => {
      clearTimeout(timer)
      clearInterval(again)
    }
  }, [])
}
