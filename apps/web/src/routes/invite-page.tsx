import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { isDeadEnd, linkQuery } from '../data/links.ts'
import { LinkIsGone } from '../features/session/link-is-gone.tsx'
import { oneTimeTokens } from '../features/session/one-time-token.ts'
import { SetPasswordForm } from '../features/session/set-password-form.tsx'
import { Callout } from '../ui/callout.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Skeleton } from '../ui/skeleton-bar.tsx'
import { CardPage } from './card-page.tsx'

export function InvitePage() {
  return (
    <CardPage title="Set your password">
      {oneTimeTokens.invite ? (
        <OpenLink token={oneTimeTokens.invite} />
      ) : (
        <Callout tone="degraded" title="The token is missing">
          Open the whole link that you were given. After reloading this page it must be opened again, since the address
          does not keep it.
        </Callout>
      )}
    </CardPage>
  )
}

function OpenLink({ token }: { token: string }) {
  const router = useRouter()
  const { data, error, isFetching, refetch } = useQuery(linkQuery(token))
  if (data) {
    return <SetPasswordForm token={token} link={data} onDone={() => router.history.replace('/tunnels')} />
  }
  if (!error) return <Skeleton className="h-24 w-full" />
  if (isDeadEnd(error)) return <LinkIsGone />
  return <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />
}
