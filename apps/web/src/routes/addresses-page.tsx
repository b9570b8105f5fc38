import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AddressesAnswer } from '@tunnel-console/shared/addresses'
import { useMemo } from 'react'
import { addressesQuery, routesQuery } from '../data/addresses.ts'
import { statusQuery } from '../data/status.ts'
import { AddressMap } from '../features/addresses/address-map.tsx'
import { CheckedNote } from '../features/addresses/checked-note.tsx'
import { Destination } from '../features/addresses/destination.tsx'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { stateLook } from '../ui/state-look.ts'

const route = getRouteApi('/app/addresses')

export function AddressesPage() {
  const { data, error, isFetching, refetch } = useQuery(addressesQuery())
  return (
    <>
      <PageHeader
        title="Addresses"
        description="The inside addresses of tunnels: what is used, what somebody holds, and what is free for the next tunnel."
      />
      {!data && !error && <SkeletonRows label="Loading addresses" rows={4} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && (
        <div className="flex flex-col gap-10">
          <div className="flex flex-col gap-5">
            {error && (
              <Banner kind="warning" title={error.problem.title}>
                The map may be out of date.
              </Banner>
            )}
            <CheckedNote checked={data.checked} />
            <AddressMap answer={data} />
          </div>
          <DestinationPart answer={data} />
        </div>
      )}
    </>
  )
}

function DestinationPart({ answer: { taken } }: { answer: AddressesAnswer }) {
  const asked = route.useSearch()
  const navigate = route.useNavigate()
  const routes = useQuery(routesQuery())
  const statuses = useQuery({ ...statusQuery(), select: ({ body }) => body.statuses }).data
  const world = useMemo(() => {
    const states = Object.entries(statuses ?? {}).map(([id, { state }]) => [id, state] as const)
    return { networks: taken.filter(({ kind }) => kind !== 'route'), states: Object.fromEntries(states) }
  }, [taken, statuses])
  if (!routes.data) {
    if (!routes.error) return <SkeletonRows label="Loading routes" rows={2} />
    const { problem } = routes.error
    return <ErrorPanel problem={problem} onRetry={() => void routes.refetch()} isRetrying={routes.isFetching} />
  }
  return (
    <Destination
      asked={asked}
      onAsk={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      answer={routes.data}
      world={world}
      lookOf={stateLook}
    />
  )
}
