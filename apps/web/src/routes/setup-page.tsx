import { useRouter } from '@tanstack/react-router'
import { SetupForm } from '../features/session/setup-form.tsx'
import { setupToken } from '../features/session/setup-token.ts'
import { Callout } from '../ui/callout.tsx'
import { CardPage } from './card-page.tsx'

export function SetupPage() {
  const router = useRouter()
  return (
    <CardPage title="Create the first administrator">
      {setupToken === null ? (
        <Callout tone="degraded" title="The token is missing">
          Open the whole link that the console printed when it started.
        </Callout>
      ) : (
        <SetupForm token={setupToken} onDone={() => router.history.replace('/')} />
      )}
    </CardPage>
  )
}
