import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { TunnelAnswer } from '@tunnel-console/shared/api'
import { readCall } from '@tunnel-console/shared/travel/curl'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useEffect } from 'react'
import { useCurl } from '../data/curl.ts'
import { deletedHere } from '../data/deleted.ts'
import { useCan } from '../data/session.ts'
import { isOldAt, statusQuery } from '../data/status.ts'
import { versionsQuery } from '../data/versions.ts'
import { listedTunnel, watchedTunnelQuery } from '../data/watched-tunnel.ts'
import { History } from '../features/audit/history.tsx'
import { JobsAhead } from '../features/jobs/jobs-ahead.tsx'
import { TunnelApprovals } from '../features/tunnel-editing/approvals/tunnel-approvals.tsx'
import { NextSteps } from '../features/tunnel-editing/create/next-steps.tsx'
import { ConfigurationTab } from '../features/tunnels/configuration-tab.tsx'
import { statusLook } from '../features/tunnels/looks.ts'
import { PlannedNotes } from '../features/tunnels/planned/planned-notes.tsx'
import { rememberTunnel } from '../features/tunnels/recent-tunnels.ts'
import { StatusTab } from '../features/tunnels/status-tab.tsx'
import { TunnelBanners } from '../features/tunnels/tunnel-banners.tsx'
import { TunnelSkeleton } from '../features/tunnels/tunnel-skeleton.tsx'
import { useWhoDeleted } from '../features/tunnels/who-deleted.ts'
import { WatchStrip } from '../features/undo/watch-strip.tsx'
import { CreateAgainLink } from '../features/versions/create-again.tsx'
import { VersionHistory } from '../features/versions/version-history.tsx'
import { useStore } from '../lib/store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Guarded } from '../ui/guarded.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useTimely } from '../ui/time-ago.tsx'
import { BackToList, listAsLeft } from './back-to-list.tsx'
import { ComingUp, DeviceSetup } from './device-slots.tsx'
import { KeyStep } from './key-step.tsx'
import { TunnelActions } from './tunnel-actions.tsx'
import { useTunnelKeys } from './use-tunnel-keys.ts'

const route = getRouteApi('/app/tunnels/$id')

export function TunnelPage() {
  const { id } = route.useParams()
  const client = useQueryClient()
  const query = useQuery({ ...watchedTunnelQuery(id), placeholderData: () => listedTunnel(client, id) })
  const { data, error } = query
  const own = useStore(deletedHere)[id]
  const isGone = error?.problem.code === 'not-found'
  useTunnelKeys(id)
  // The palette offers what was opened last.
  useEffect(() => rememberTunnel(id), [id])
  if (own || (isGone && !data)) return <GoneTunnel id={id} name={own?.name} />
  return (
    <>
      <TunnelHeader id={id} answer={data} isReady={!query.isPlaceholderData && !isGone} />
      {query.isPending && <TunnelSkeleton />}
      {error && !data && (
        <ErrorPanel problem={error.problem} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {data && <TunnelBanners id={id} error={error} updatedAt={query.dataUpdatedAt} name={data.tunnel.name} />}
      <Guarded name="Planned work">
        <PlannedNotes id={id} />
      </Guarded>
      <Guarded name="Changes that wait for a second person">
        <TunnelApprovals id={id} />
      </Guarded>
      <Guarded name="Changes that wait for their time">
        <JobsAhead id={id} />
      </Guarded>
      <Guarded name="What undoes itself">
        <WatchStrip id={id} />
      </Guarded>
      {data && (
        <Guarded name="Pre-shared key">
          <KeyStep tunnel={data.tunnel} isGone={isGone} />
        </Guarded>
      )}
      {data && !isGone && (
        <Guarded name="Next steps">
          <NextSteps tunnel={data.tunnel} />
        </Guarded>
      )}
      {data && isGone && (
        <div className="mb-4 flex empty:hidden">
          <CreateAgainLink id={id} size="small" />
        </div>
      )}
      {data && <TunnelTabs id={id} answer={data} isGone={isGone} />}
    </>
  )
}

function useStatus(id: string) {
  const { data, error } = useQuery(statusQuery())
  return {
    status: data?.body.statuses[id],
    sources: data?.body.sources,
    isOld: useTimely((now) => isOldAt(data?.fetchedAt, now)),
    problem: error?.problem ?? null,
  }
}

interface TunnelHeaderProps {
  id: string
  answer: TunnelAnswer | undefined
  /** It was read from Cloudflare, so that it can be acted on. */
  isReady: boolean
}

function TunnelHeader({ id, answer, isReady }: TunnelHeaderProps) {
  const { status, isOld } = useStatus(id)
  return (
    <PageHeader
      title={answer ? answer.tunnel.name || id : 'Tunnel'}
      breadcrumb={<BackToList />}
      aside={status && <StateBadge {...statusLook(status, isOld)} />}
      description={answer?.tunnel.description}
      actions={answer && isReady && <TunnelActions answer={answer} />}
    />
  )
}

interface TunnelTabsProps {
  id: string
  answer: TunnelAnswer
  isGone: boolean
}

function TunnelTabs({ id, answer: { tunnel, unknownFields }, isGone }: TunnelTabsProps) {
  const { tab = 'status', range } = route.useSearch()
  const navigate = route.useNavigate()
  const status = useStatus(id)
  const canReadAudit = useCan('audit.read')
  const curl = useCurl()
  const showDays = (days: number) => {
    const next = days === 90 ? { range: '90d' as const } : days === 7 ? { range: '7d' as const } : {}
    // Each is a place of its own: Back returns to the one before.
    void navigate({ search: next, resetScroll: false })
  }
  const tabs = [
    {
      value: 'status' as const,
      label: 'Status',
      content: <StatusTab key={id} tunnel={tunnel} {...status} days={daysOf(range)} onDaysChange={showDays} />,
    },
    {
      value: 'configuration' as const,
      label: 'Configuration',
      content: <ConfigurationTab tunnel={tunnel} unknownFields={unknownFields} curl={() => curl(readCall(id))} />,
    },
    ...(isWholeTunnel(tunnel)
      ? [{ value: 'device-setup' as const, label: 'Device setup', content: <DeviceSetup tunnel={tunnel} /> }]
      : []),
    ...(canReadAudit
      ? [{ value: 'history' as const, label: 'History', content: <TunnelHistory id={id} isGone={isGone} /> }]
      : []),
  ]
  return (
    <>
      {tab !== 'device-setup' && !isGone && (
        <Guarded name="On its way up">
          <ComingUp tunnel={tunnel} />
        </Guarded>
      )}
      <Tabs
        label="Tunnel"
        value={tabs.some(({ value }) => value === tab) ? tab : 'status'}
        onChange={(next) =>
          void navigate({ search: { ...(range && { range }), ...(next !== 'status' && { tab: next }) }, replace: true })
        }
        tabs={tabs}
      />
    </>
  )
}

const daysOf = (range: '7d' | '90d' | undefined) => (range === '90d' ? 90 : range === '7d' ? 7 : 1)

function TunnelHistory({ id, isGone }: { id: string; isGone: boolean }) {
  return (
    <>
      <VersionHistory id={id} isGone={isGone} />
      <h2 className="mb-2 text-16 font-semibold">Log</h2>
      <History id={id} />
    </>
  )
}

function GoneTunnel({ id, name }: { id: string; name: string | undefined }) {
  const who = useWhoDeleted(id, true)
  const canReadAudit = useCan('audit.read')
  const mayRead = useCan('tunnel.read')
  const known = useQuery({ ...versionsQuery(id), enabled: mayRead }).data?.[0]?.name
  return (
    <>
      <PageHeader title={name ?? known ?? 'Tunnel not found'} breadcrumb={<BackToList />} />
      <EmptyState
        title={who ?? 'There is no tunnel with this id. It may have been deleted.'}
        actions={
          <>
            <LinkButton {...listAsLeft()} kind="primary">
              Go to the list
            </LinkButton>
            <CreateAgainLink id={id} />
          </>
        }
      />
      {who !== null && canReadAudit && <TunnelHistory id={id} isGone />}
    </>
  )
}
