import { stateWords, type TunnelState } from '@tunnel-console/shared/status'
import { useEffect, useRef } from 'react'
import { announce } from '../../ui/announcer.tsx'
import type { TunnelRow } from './tunnel-rows.ts'

const quietMs = 30_000
const namesToldAtMost = 4

interface News {
  name: string
  from: TunnelState
  to: TunnelState
}

/** "2 tunnels changed: branch-07 down, hq-1 up". */
function newsText(news: readonly News[]): string {
  const told = news.slice(0, namesToldAtMost).map(({ name, to }) => `${name} ${stateWords[to].toLowerCase()}`)
  const rest = news.length - told.length
  if (rest > 0) told.push(`and ${rest} more`)
  return `${news.length === 1 ? '1 tunnel' : `${news.length} tunnels`} changed: ${told.join(', ')}`
}

/** Tells screen readers which states changed: joined, politely, at most once in 30 s, and none is lost. */
export function StateNews({ rows }: { rows: readonly TunnelRow[] }) {
  const before = useRef(new Map<string, TunnelState>())
  const told = useRef<readonly TunnelRow[]>([])
  const pending = useRef(new Map<string, News>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const lastAt = useRef(Number.NEGATIVE_INFINITY)

  // A screen reader is outside React.
  useEffect(() => {
    for (const row of rows) {
      if (row === told.current[row.place]) continue
      const { tunnel, status } = row
      const was = before.current.get(tunnel.id)
      before.current.set(tunnel.id, status.state)
      if (was === undefined || was === status.state) continue
      const from = pending.current.get(tunnel.id)?.from ?? was
      if (from === status.state) pending.current.delete(tunnel.id)
      else pending.current.set(tunnel.id, { name: tunnel.name, from, to: status.state })
    }
    told.current = rows
    if (pending.current.size === 0 || timer.current !== undefined) return
    timer.current = setTimeout(
      () => {
        timer.current = undefined
        if (pending.current.size === 0) return
        lastAt.current = performance.now()
        announce(newsText([...pending.current.values()]))
        pending.current.clear()
      },
      Math.max(0, lastAt.current + quietMs - performance.now()),
    )
  }, [rows])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return null
}
