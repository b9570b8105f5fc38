import { useQuery } from '@tanstack/react-query'
import { tunnelRoutesQuery } from '../../../data/tunnel-routes.ts'
import { count } from '../../../lib/format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Skeleton } from '../../../ui/skeleton-bar.tsx'

/** What else breaks when the tunnel goes. Says so when it is not known: never silently nothing. */
export function AffectedRoutes({ id }: { id: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(tunnelRoutesQuery(id))
  if (isPending) return <Skeleton className="w-56" />
  if (error) {
    return (
      <Banner
        kind="warning"
        title="Routes could not be read"
        actions={
          <Button size="small" busy={isFetching} onClick={() => void refetch()}>
            Try again
          </Button>
        }
      >
        {error.problem.detail ?? `${error.problem.title}.`} Static routes may use this tunnel.
      </Banner>
    )
  }
  if (data.length === 0) return <p className="text-14 text-fg-2">No static route uses this tunnel.</p>
  return (
    <div className="flex flex-col gap-2">
      <Banner kind="warning" title={`${count(data.length, 'static route')} would point nowhere`}>
        {data.length === 1
          ? 'Cloudflare keeps it. Traffic to this prefix is lost unless another route takes over.'
          : 'Cloudflare keeps them. Traffic to these prefixes is lost unless another route takes over.'}
      </Banner>
      <div className="max-h-48 overflow-y-auto">
        <table className="w-full text-left text-13" aria-label="Static routes that use this tunnel">
          <thead>
            <tr className="border-b border-line text-12 text-fg-3">
              <th className="py-1 pr-3 font-medium">Prefix</th>
              <th className="py-1 pr-3 font-medium">Next hop</th>
              <th className="py-1 text-right font-medium">Priority</th>
            </tr>
          </thead>
          <tbody>
            {data.map((route) => (
              <tr key={route.id} className="border-b border-line">
                <td className="mono py-1.5 pr-3">{route.prefix}</td>
                <td className="mono py-1.5 pr-3">{route.nexthop}</td>
                <td className="nums py-1.5 text-right">{route.priority ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
