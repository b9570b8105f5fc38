import { useQueryClient } from '@tanstack/react-query'
import type { KeyResult } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { setKeys } from '../../../data/psk.ts'
import { useSession } from '../../../data/session.ts'
import { useTask } from '../../../lib/use-task.ts'
import type { PskTunnel } from '../psk/psk-tunnel.ts'
import { noteKeys } from '../rotation/key-notes.ts'

/** A tunnel as it was when its key was rotated, and what came of it. */
export interface RotatedKey {
  tunnel: PskTunnel
  result: KeyResult
}

/** The new keys, from the press to Done. They are in this state and nowhere else; `hide` and unmounting drop them (S19). */
export function useRotate(reason: string) {
  const client = useQueryClient()
  const { user } = useSession()
  const task = useTask()
  const once = useIdempotencyKey()
  const [answers, setAnswers] = useState(0)
  const [rotated, setRotated] = useState<readonly RotatedKey[]>([])
  const [isHidden, setHidden] = useState(false)

  const take = (tunnels: readonly PskTunnel[], results: readonly KeyResult[]) => {
    setAnswers((count) => count + 1)
    const news = tunnels.map((tunnel, index) => ({ tunnel, result: shownOrLost(results[index] ?? unknown(tunnel.id)) }))
    const applied = news.filter(({ result }) => result.outcome === 'applied')
    noteKeys(
      applied.map(({ tunnel: { id, hasKey } }) => ({ id, hadKey: hasKey })),
      user.id,
    )
    setHidden(false)
    setRotated((before) => [
      ...before.map((old) => news.find(({ tunnel }) => tunnel.id === old.tunnel.id) ?? old),
      ...news.filter(({ tunnel }) => before.every((old) => old.tunnel.id !== tunnel.id)),
    ])
    void client.invalidateQueries({ queryKey: ['tunnels'] })
  }
  const rotate = (tunnels: readonly PskTunnel[]) => {
    const ids = tunnels.map(({ id }) => ({ id }))
    void task.run(
      () => setKeys(ids, once.for([ids, answers]), reason),
      (results) => take(tunnels, results),
      (problem) => {
        // Of a lost answer nobody can say for which tunnels it was carried out.
        if (fateOf(problem) === 'unknown' && problem.status !== 401) {
          task.forget()
          take(
            tunnels,
            tunnels.map(({ id }) => ({ ...unknown(id), problem })),
          )
        }
      },
    )
  }
  const hide = () => {
    setHidden(true)
    setRotated((all) => all.map(({ tunnel, result: { psk: _, ...result } }) => ({ tunnel, result })))
  }
  /** At once, so that nothing holds the page any more. */
  const clear = () => flushSync(() => setRotated([]))
  return { rotated, answers, isHidden, isSending: task.isBusy, problem: task.problem, rotate, hide, clear }
}

export type Rotating = ReturnType<typeof useRotate>

/** A key that is in force and that nobody has is as good as none. */
const shownOrLost = (result: KeyResult): KeyResult =>
  result.outcome === 'applied' && result.psk === undefined ? { ...result, outcome: 'unknown' } : result

const unknown = (id: string): KeyResult => ({ id, outcome: 'unknown' })
