import type { Check, ConnectionReport } from '@tunnel-console/shared/connection'
import { StateBadge } from '../../ui/state-badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { factsOf, outcomeLooks, sourceNames, writeLook } from './words.ts'

/** Each thing that was asked of Cloudflare, and what came back. */
export function SourceList({ report: { sources, write } }: { report: ConnectionReport }) {
  return (
    <ul aria-label="Sources" className="border-t border-line">
      {sources.map((check) => (
        <Row key={check.source} name={sourceNames[check.source]} check={check} look={outcomeLooks[check.outcome]} />
      ))}
      <Row name={sourceNames.write} check={write} look={writeLook(write)}>
        A dry run of a change that changes nothing: one tunnel, written as it is.
      </Row>
    </ul>
  )
}

interface RowProps {
  name: string
  check: Check & { count?: number | null }
  look: (typeof outcomeLooks)['ok']
  children?: string
}

function Row({ name, check, look, children }: RowProps) {
  return (
    <li className="grid min-h-row grid-cols-1 items-baseline gap-x-6 gap-y-0.5 border-b border-line py-2 text-14 sm:grid-cols-[minmax(9rem,12rem)_10rem_1fr]">
      <span className="font-medium">{name}</span>
      <span>
        <StateBadge {...look} look="plain" />
      </span>
      <span className="nums text-13 text-fg-3">
        {factsOf(check)}
        {check.outcome !== 'untried' && ' · '}
        {check.outcome !== 'untried' && <TimeAgo at={check.checkedAt} />}
      </span>
      <Words check={check}>{children}</Words>
    </li>
  )
}

/** What stands below a row: our reason, and Cloudflare's own words. */
export function Words({ check: { why, said }, children }: { check: Check; children?: string | undefined }) {
  if (!children && why === null && said.length === 0) return null
  return (
    <div className="max-w-[72ch] text-13 text-fg-2 [overflow-wrap:anywhere] sm:col-start-2 sm:col-end-4">
      {children && <p>{children}</p>}
      {why !== null && <p>{why}.</p>}
      {said.map(({ code, message }) => (
        <p key={`${code} ${message}`}>
          Cloudflare says: {message}
          {code !== undefined && <span className="mono text-12"> ({code})</span>}
        </p>
      ))}
    </div>
  )
}
