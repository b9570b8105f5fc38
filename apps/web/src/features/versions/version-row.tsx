import type { TunnelVersion } from '@tunnel-console/shared/api'
import type { Snapshot } from '@tunnel-console/shared/versions'
import type { ReactNode } from 'react'
import { useCan } from '../../data/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton, TextLink } from '../../ui/link-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { keyOf } from './compare-versions.tsx'
import { authorWord, snapshotLabel, whatWords } from './words.ts'

interface VersionRowProps {
  version: TunnelVersion
  /** The states that it is known by: what it left, and where nothing else tells it what was there before. */
  snapshots: readonly Snapshot[]
  isNewest: boolean
  isGone: boolean
  onCompare: ((key: string) => void) | undefined
}

/** A change and the state that it left; where no older change tells it, the state before it on a line of its own. */
export function VersionRow({ version, snapshots, isNewest, isGone, onCompare }: VersionRowProps) {
  const mayRead = useCan('audit.read')
  const { seq, at, by, auditId } = version
  const after = snapshots.find(({ side }) => side === 'after')
  const before = snapshots.find(({ side }) => side === 'before')
  const ways = { version, isGone, onCompare }
  return (
    <>
      <Line
        title={whatWords(version)}
        badge={isNewest && after && !isGone && <Badge>newest</Badge>}
        actions={after && <Ways {...ways} snapshot={after} isNewest={isNewest && !isGone} />}
      >
        Version {seq} · {authorWord(by)}, <TimeAgo at={at} />
        {mayRead && auditId && (
          <>
            {' · '}
            <TextLink to="/audit" search={{ entry: auditId }} aria-label={`Audit entry of ${whatWords(version)}`}>
              Audit entry
            </TextLink>
          </>
        )}
      </Line>
      {before && (
        <Line title="As it was before that" actions={<Ways {...ways} snapshot={before} isNewest={false} />}>
          No older change is kept.
        </Line>
      )}
    </>
  )
}

interface LineProps {
  title: string
  badge?: ReactNode
  actions: ReactNode
  children: ReactNode
}

function Line({ title, badge, actions, children }: LineProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-14 font-medium [overflow-wrap:anywhere]">
          {title}
          {badge}
        </p>
        <p className="text-13 text-fg-3 [overflow-wrap:anywhere]">{children}</p>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </li>
  )
}

interface WaysProps extends Pick<VersionRowProps, 'isNewest' | 'isGone' | 'onCompare'> {
  version: TunnelVersion
  snapshot: Snapshot
}

function Ways({ version, snapshot, isNewest, isGone, onCompare }: WaysProps) {
  const mayEdit = useCan('tunnel.update')
  const { seq, side } = snapshot
  if (isNewest) return null
  const label = snapshotLabel(snapshot, [version])
  return (
    <>
      {onCompare && (
        <Button
          size="small"
          kind="ghost"
          aria-label={`Compare with the newest: ${label}`}
          onClick={() => onCompare(keyOf(snapshot))}
        >
          Compare
        </Button>
      )}
      {mayEdit && !isGone && (
        <LinkButton
          size="small"
          to="/tunnels/$id/edit"
          params={{ id: version.tunnelId }}
          search={{ restore: seq, ...(side === 'before' && { side }) }}
          aria-label={`Restore this version: ${label}`}
        >
          Restore this version
        </LinkButton>
      )}
    </>
  )
}
