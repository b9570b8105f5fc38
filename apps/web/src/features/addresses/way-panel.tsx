import type { RouteScope } from '@tunnel-console/shared/api'
import type { RouteUse, Way } from '@tunnel-console/shared/route-lookup'
import type { TunnelState } from '@tunnel-console/shared/status'
import { type ReactNode, useId } from 'react'
import { count, formatNumber } from '../../lib/format.ts'
import { TextLink } from '../../ui/link-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import type { Shape } from '../../ui/state-shape.tsx'
import type { Tone } from '../../ui/tone.ts'

/** How a state of a tunnel looks. */
export type LookOf = (state: TunnelState) => { tone: Tone; shape: Shape; word: string }

/** Which routes lead to a destination: what carries it first, then what stands by. */
export function WayPanel({ title, way, lookOf }: { title: string; way: Way; lookOf: LookOf }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <h3 id={id} className="text-14 font-semibold [overflow-wrap:anywhere]">
        {title}
      </h3>
      <p className="text-14 text-fg-2">{verdictOf(way)}</p>
      {way.uses.length > 0 && <Uses way={way} lookOf={lookOf} />}
      {way.uses.length > 0 && <Fallback way={way} />}
    </section>
  )
}

function verdictOf({ uses, carrying, shares }: Way): ReactNode {
  const [first] = uses
  if (!first) return 'No static route leads there. One that is learnt by BGP may.'
  if (carrying === 1) {
    return (
      <>
        Goes through <Through use={first} />, by the route to <span className="mono">{first.route.prefix}</span>.
      </>
    )
  }
  const words = shares ? 'by the weights of the routes' : 'by weights that are not all known'
  return (
    <>
      {count(carrying, 'route')} to <span className="mono">{first.route.prefix}</span> share it, {words}.
    </>
  )
}

function Uses({ way: { uses, carrying, shares }, lookOf }: { way: Way; lookOf: LookOf }) {
  return (
    <ul aria-label="Routes" className="flex max-w-form flex-col">
      {uses.map((use, index) => (
        <li
          key={use.route.id}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line py-2 text-13 last:border-0"
        >
          <span className="min-w-32 font-medium">
            <Through use={use} />
          </span>
          {use.state !== null && <StateBadge {...lookOf(use.state)} look="plain" />}
          <span className="text-fg-2">{priorityWords(use)}</span>
          {use.route.scope && <span className="min-w-0 text-fg-2">{scopeWords(use.route.scope)}</span>}
          <span className="ml-auto text-fg-3">
            {index >= carrying ? 'stands by' : carryWords(shares?.[index], carrying)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Fallback({ way: { fallbacks } }: { way: Way }) {
  const [next] = fallbacks
  return (
    <p className="text-13 text-fg-3">
      {next ? (
        <>
          If all of these were gone: the route to <span className="mono">{next.route.prefix}</span> through{' '}
          <Through use={next} />.
        </>
      ) : (
        'If all of these were gone, no static route would lead there.'
      )}
    </p>
  )
}

function Through({ use: { through, route } }: { use: RouteUse }) {
  if (!through) {
    return (
      <>
        the next hop <span className="mono">{route.nexthop || 'nothing'}</span>, which no known tunnel has
      </>
    )
  }
  if (through.kind !== 'ipsec' || through.id === null) return <>{through.name}</>
  return (
    <TextLink to="/tunnels/$id" params={{ id: through.id }}>
      {through.name}
    </TextLink>
  )
}

function priorityWords({ route: { priority, weight }, effective }: RouteUse): string {
  if (priority === null || effective === null) return 'no priority'
  const penalty = effective - priority
  const words =
    penalty === 0 ? formatNumber(priority) : `${formatNumber(priority)} + ${formatNumber(penalty)} for health`
  return `priority ${words}${weight === null ? '' : `, weight ${weight}`}`
}

/** Where a route holds: 'only in the regions APAC, WEUR and the data centres fra01'. */
function scopeWords({ colo_regions: regions, colo_names: names }: RouteScope): string {
  const parts = [
    ...(regions.length > 0 ? [`${regions.length === 1 ? 'the region' : 'the regions'} ${regions.join(', ')}`] : []),
    ...(names.length > 0 ? [`${names.length === 1 ? 'the data centre' : 'the data centres'} ${names.join(', ')}`] : []),
  ]
  return `only in ${parts.join(' and ')}`
}

function carryWords(share: number | undefined, carrying: number): string {
  if (carrying === 1) return 'carries it'
  return share === undefined ? 'shares it' : `carries ${Math.round(share)}%`
}
