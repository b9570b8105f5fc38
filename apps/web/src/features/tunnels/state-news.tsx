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
  const before = useRef<Map<string, TunnelState> | null>(null)
  const pending = useRef(new Map<string, News>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const lastAt = useRef(Number.NEGATIVE_INFINITY)

  // A screen reader is outside React.
  useEffect(() => {
    for (const { tunnel, status } of rows) {
      const was = before.current?.get(tunnel.id)
      if (was === undefined || was === status.state) continue
      const from = pending.current.get(tunnel.id)?.from ?? was
      if (from === status.state) pending.current.delete(tunnel.id)
      else pending.current.set(tunnel.id, { name: tunnel.name, from, to: status.state })
    }
    before.current = new Map(rows.map(({ tunnel, status }) => [tunnel.id, status.state]))
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
