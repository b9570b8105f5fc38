import type { TunnelState } from '@tunnel-console/shared/status'
import { useEffect, useRef, useState } from 'react'
import { store, stored } from '../../../lib/theme.ts'
import { fieldsOf, type Person } from '../list-looks.ts'
import type { TunnelRow } from '../tunnel-rows.ts'

/** What a person saw when they last looked: ids only, and only what was in trouble. */
interface Looked {
  at: string
  trouble: ReadonlyMap<string, TunnelState>
}

/** What has become of it since, by name. */
export interface News {
  at: string
  down: string[]
  degraded: string[]
  recovered: string[]
  changed: string[]
}

const bad: readonly TunnelState[] = ['down', 'degraded']

/** Whoever was here a moment ago knows. */
const newsAfterMs = 30 * 60_000

const nameOf = (id: string) => `last-looked ${id}`

/** What has changed since then; `null` where nothing has. What is unknown now has neither recovered nor gone down. */
export function newsSince({ at, trouble }: Looked, rows: readonly TunnelRow[]): News | null {
  const named = (fits: (row: TunnelRow) => boolean) => rows.filter(fits).map(({ tunnel }) => tunnel.name || tunnel.id)
  const turned = (state: TunnelState) =>
    named(({ tunnel, status }) => status.state === state && trouble.get(tunnel.id) !== state)
  const news = {
    at,
    down: turned('down'),
    degraded: turned('degraded'),
    recovered: named(({ tunnel, status }) => status.state === 'up' && trouble.has(tunnel.id)),
    changed: named(({ tunnel }) => Date.parse(tunnel.modified_on ?? '') > Date.parse(at)),
  }
  return Object.values(news).some((part) => Array.isArray(part) && part.length > 0) ? news : null
}

function keptLooked(id: string, now: Date): Looked | null {
  const { at, trouble } = fieldsOf(stored(nameOf(id)))
  if (typeof at !== 'string' || !(now.getTime() - Date.parse(at) > newsAfterMs)) return null
  const known = Object.entries(fieldsOf(JSON.stringify(trouble ?? {}))).flatMap(([tunnel, value]) => {
    const state = bad.find((name) => name === value)
    return state ? [[tunnel, state] as const] : []
  })
  return { at, trouble: new Map(known) }
}

function keepLooked(id: string, rows: readonly TunnelRow[]): void {
  const trouble = rows.flatMap(({ tunnel, status }) => (bad.includes(status.state) ? [[tunnel.id, status.state]] : []))
  store(nameOf(id), JSON.stringify({ at: new Date().toISOString(), trouble: Object.fromEntries(trouble) }))
}

/**
 * The news since this person last looked, until they put it away; and what they see now, kept as they leave. News that nobody
 * has put away is not overwritten: a reload would lose it unread.
 */
export function useNews(person: Person, rows: readonly TunnelRow[], isOld: boolean) {
  const { id } = person
  const [looked, setLooked] = useState(() => keptLooked(id, new Date()))
  const news = looked && !isOld ? newsSince(looked, rows) : null
  const keep = useRef(() => {})
  keep.current = () => {
    if (news === null && !isOld && rows.length > 0) keepLooked(id, rows)
  }
  // The end of a page is outside React.
  useEffect(() => {
    const leave = () => keep.current()
    const hide = () => document.visibilityState === 'hidden' && leave()
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      leave()
    }
  }, [])
  const dismiss = () => {
    keepLooked(id, rows)
    setLooked(null)
  }
  return { news, dismiss }
}
