import { useRouter } from '@tanstack/react-router'
import { oneTimeTokens } from '../features/session/one-time-token.ts'
import { SetupForm } from '../features/session/setup-form.tsx'
import { Callout } from '../ui/callout.tsx'
import { CardPage } from './card-page.tsx'

export function SetupPage() {
  const router = useRouter()
  return (
    <CardPage title="Create the first administrator">
      {oneTimeTokens.setup === null ? (
        <Callout tone="degraded" title="The token is missing">
          Open the whole link that the console printed when it started.
        </Callout>
      ) : (
        <SetupForm
          token={oneTimeTokens.setup}
          onDone={() => router.history.replace('/settings/connection?welcome=true')}
        />
      )}
    </CardPage>
  )
}
