import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { connectionQuery } from '../data/connection-report.ts'
import { CheckAgain } from '../features/connection/check-again.tsx'
import { ConnectionView } from '../features/connection/connection-view.tsx'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { SettingsPages } from './settings-pages.tsx'

const route = getRouteApi('/app/settings/connection')

export function ConnectionPage() {
  const { welcome } = route.useSearch()
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery(connectionQuery())
  const check = () => void refetch()
  return (
    <>
      <PageHeader
        title="Connection"
        description="What the console may read and change at Cloudflare, and what that means for you."
        // From the start: it takes its room before there is anything to check again.
        actions={
          <CheckAgain
            from={data && dataUpdatedAt + data.againInSeconds * 1000}
            isChecking={isFetching}
            onCheck={check}
          />
        }
      />
      <SettingsPages />
      {welcome && (
        <div className="mb-5 max-w-220">
          <Banner
            isWordy
            title="You are the first administrator"
            actions={
              <LinkButton to="/tunnels" size="small">
                Go to the tunnels
              </LinkButton>
            }
          >
            Before you begin: see whether the token that you gave the console may do what you need. You find this page
            again under Settings.
          </Banner>
        </div>
      )}
      {!data && !error && <SkeletonRows label="Asking Cloudflare" rows={6} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={check} isRetrying={isFetching} />}
      {data && error && (
        <div className="mb-5 max-w-220">
          <Banner kind="warning" role="alert" title={error.problem.title}>
            The console did not check again. This is the last check.
          </Banner>
        </div>
      )}
      {data && <ConnectionView report={data} />}
    </>
  )
}
