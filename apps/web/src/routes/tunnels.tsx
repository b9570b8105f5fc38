import { useQuery } from '@tanstack/react-query'
import { createRoute } from '@tanstack/react-router'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { Plus } from 'lucide-react'
import { memo, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useCan, useSession } from '../data/session.ts'
import { isOldAt, statusQuery } from '../data/status.ts'
import { tunnelsQuery } from '../data/tunnels.ts'
import { mayHoldTerms, useLanguage } from '../features/tunnels/filter/language.ts'
import { ListBannersSlot } from '../features/tunnels/list-banners-slot.tsx'
import { ListSkeleton } from '../features/tunnels/list-skeleton.tsx'
import { isPaused } from '../features/tunnels/live.ts'
import { LiveControl } from '../features/tunnels/live-control.tsx'
import { preloadListRest } from '../features/tunnels/overview/overview-slot.tsx'
import { TunnelList } from '../features/tunnels/tunnel-list.tsx'
import { placesOf } from '../features/tunnels/tunnel-rows.ts'
import { searchOf, type TunnelSearch, viewOf } from '../features/tunnels/tunnel-view.ts'
import { useStore } from '../lib/store.ts'
import { useLastError } from '../lib/use-last-error.ts'
import { preloadTableOf } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { useTimely } from '../ui/time-ago.tsx'
import { ExportSlot } from './export-slot.tsx'
import { ManySlot } from './many-slot.tsx'
import { PlanWorkSlot } from './plan-work-slot.tsx'
import { appRoute } from './root.tsx'

export const tunnelsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels',
  validateSearch: (search: Record<string, unknown>): TunnelSearch => searchOf(viewOf(search)),
  component: TunnelsPage,
})

function TunnelsPage() {
  const { list, status } = usePolled()
  const listError = useLastError(list)
  const statusError = useLastError(status)
  const isFailing = list.failureCount > 0 || status.failureCount > 0
  const tunnels = list.data?.body.tunnels ?? noTunnels
  // Loading code is outside React. The states are on their way yet, and what can be worked out before is not left for when they are there.
  useEffect(() => {
    preloadListRest()
    preloadTableOf(tunnels.length)
    placesOf(tunnels)
  }, [tunnels])
  const q = tunnelsRoute.useSearch({ select: ({ q = '' }) => q })
  // What the page was opened with, not what is typed since.
  const asked = useState(q)[0] === q ? q : ''
  const isUnread = useLanguage(asked) === undefined && mayHoldTerms(asked)
  const isMissing = list.data ? isUnread || (status.isPending && !statusError) : !listError
  // The rows are drawn in slices, which what an answer sets off would not be.
  const isLoading = useDeferredValue(isMissing) || isMissing
  return (
    <>
      <TunnelsHeader fetchedAt={list.data?.fetchedAt} isFailing={isFailing} />
      {isLoading && <ListSkeleton />}
      {listError && !list.data && (
        <ErrorPanel problem={listError.problem} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
      )}
      {list.data && !isLoading && (
        <>
          <ListBannersSlot
            list={list.data.body}
            fetchedAt={list.data.fetchedAt}
            sources={status.data?.body.sources}
            listError={listError}
            statusError={statusError}
          />
          {list.data.body.tunnels.length === 0 ? <NoTunnels /> : <Tunnels />}
          <PlanWorkSlot />
        </>
      )}
    </>
  )
}

/** The top of the page. `fetchedAt`: when Cloudflare last gave the list, which it has not done yet. */
export function TunnelsHeader({ fetchedAt, isFailing }: { fetchedAt: string | undefined; isFailing: boolean }) {
  const canCreate = useCan('tunnel.create')
  const canImport = useCan('tunnel.bulkUpdate')
  return (
    <PageHeader
      title="Tunnels"
      aside={fetchedAt ? <LiveControl fetchedAt={fetchedAt} isFailing={isFailing} /> : placeOfLive}
      actions={
        canCreate && (
          <>
            {canImport && <LinkButton to="/import">Import</LinkButton>}
            <CreateTunnelLink />
          </>
        )
      }
    />
  )
}

/** As large as what comes there, which on a phone would move the buttons to a line of their own. */
const placeOfLive = <span className="h-7 w-29 pointer-coarse:h-11" />

function usePolled() {
  const paused = useStore(isPaused)
  const pace = paused ? { refetchInterval: false as const, refetchOnWindowFocus: false } : {}
  return { list: useQuery({ ...tunnelsQuery(), ...pace }), status: useQuery({ ...statusQuery(), ...pace }) }
}

/** Reads only the bodies, which stay the same objects while the server says 304: a quiet poll draws nothing here. */
const Tunnels = memo(function Tunnels() {
  const tunnels = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels, enabled: false }).data ?? []
  const statuses = useQuery({ ...statusQuery(), select: ({ body }) => body.statuses, enabled: false }).data
  const isOld = useIsOld()
  const search = tunnelsRoute.useSearch()
  const view = useMemo(() => viewOf({ ...search }), [search])
  const navigate = tunnelsRoute.useNavigate()
  const canEdit = useCan('tunnel.update')
  const canSelect = useCan('tunnel.bulkUpdate')
  const canExport = useCan('tunnel.read')
  const { id } = useSession().user
  const person = useMemo(() => ({ id, canRead: canExport }), [id, canExport])
  return (
    <TunnelList
      tunnels={tunnels}
      statuses={statuses ?? noStatuses}
      isOld={isOld}
      person={person}
      view={view}
      many={canSelect ? (selected) => <ManySlot {...selected} /> : undefined}
      afterSummary={canExport ? (rows) => <ExportSlot tunnels={rows.map(({ tunnel }) => tunnel)} /> : undefined}
      onViewChange={(next, options) => void navigate({ search: searchOf(next), ...options })}
      onOpen={({ tunnel }) => void navigate({ to: '/tunnels/$id', params: { id: tunnel.id } })}
      onEdit={
        canEdit ? ({ tunnel }) => void navigate({ to: '/tunnels/$id/edit', params: { id: tunnel.id } }) : undefined
      }
    />
  )
})

const noStatuses = {}
const noTunnels: readonly VisibleTunnel[] = []

function useIsOld(): boolean {
  const fetchedAt = useQuery({ ...statusQuery(), select: (fetched) => fetched.fetchedAt, enabled: false }).data
  return useTimely((now) => isOldAt(fetchedAt, now))
}

function NoTunnels() {
  const canCreate = useCan('tunnel.create')
  return (
    <EmptyState title="No tunnels yet" actions={canCreate && <CreateTunnelLink />}>
      An IPsec tunnel is an encrypted path between Cloudflare’s network and a router or firewall at one of your sites.
    </EmptyState>
  )
}

function CreateTunnelLink() {
  return (
    <LinkButton to="/tunnels/new" kind="primary" icon={<Plus aria-hidden size={16} />}>
      Create tunnel
    </LinkButton>
  )
}
