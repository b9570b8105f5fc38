import { useQuery } from '@tanstack/react-query'
import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { tunnelStatusQuery } from '../../data/tunnel-status.ts'
import { useLastError } from '../../lib/use-last-error.ts'
import { Guarded } from '../../ui/guarded.tsx'
import { BgpPanel } from './bgp-panel.tsx'
import { HealthPanel } from './health-panel.tsx'
import { BothEnds, ChangesBefore, SiteMates } from './status/beside.tsx'
import { DataCentres } from './status/data-centres.tsx'
import { HistoryPanel } from './status/history-panel.tsx'
import { PathPicture } from './status/path-picture.tsx'
import { VerdictCard } from './status/verdict-card.tsx'

interface StatusTabProps {
  tunnel: VisibleTunnel
  status: TunnelStatus | undefined
  sources: StatusAnswer['sources'] | undefined
  /** The status is too old to be told as news. */
  isOld: boolean
  /** Why no newer status could be read. */
  problem: Problem | null
  /** How far back its history is shown. */
  days: number
  onDaysChange: (days: number) => void
}

/** Everything for whoever has to answer for this tunnel now: the verdict first, then what it rests on. */
export function StatusTab({ tunnel, days, onDaysChange, ...standing }: StatusTabProps) {
  const { status, sources, isOld } = standing
  const query = useQuery(tunnelStatusQuery(tunnel.id))
  const answer = query.data
  const error = useLastError(query)
  return (
    <div className="flex flex-col gap-8">
      <Guarded name="State and its cause">
        <VerdictCard tunnelId={tunnel.id} {...standing} detail={{ answer, problem: error?.problem ?? null }} />
      </Guarded>
      <Guarded name="Path through the tunnel">
        <PathPicture tunnel={tunnel} status={status} sources={sources} isOld={isOld} />
      </Guarded>
      <div className={pair}>
        {answer && (
          <Guarded name="Data centres">
            <DataCentres dataCentres={answer.dataCentres} isChecked={tunnel.health_check.enabled} isOld={isOld} />
          </Guarded>
        )}
        {answer && (
          <div className="flex flex-col gap-8">
            <Guarded name="Changes before">
              <ChangesBefore changes={answer.changes} isUp={answer.status.state === 'up'} />
            </Guarded>
            <Guarded name="Other tunnels of this site">
              <SiteMates site={answer.site} />
            </Guarded>
          </div>
        )}
      </div>
      {error?.problem.code !== 'not-found' && (
        <Guarded name="History of its state">
          <HistoryPanel id={tunnel.id} days={days} onDaysChange={onDaysChange} />
        </Guarded>
      )}
      <div className={pair}>
        <Guarded name="Both ends">
          <BothEnds tunnel={tunnel} />
        </Guarded>
        <div className="flex flex-col gap-8">
          <Guarded name="Health checks">
            <HealthPanel tunnel={tunnel} status={status} source={sources?.health} />
          </Guarded>
          <Guarded name="BGP">
            <BgpPanel tunnel={tunnel} status={status} isOld={isOld} />
          </Guarded>
        </div>
      </div>
    </div>
  )
}

const pair = 'grid grid-cols-1 gap-8 empty:hidden lg:grid-cols-2 lg:gap-12'
