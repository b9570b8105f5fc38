import { getRouteApi } from '@tanstack/react-router'
import { handoffKey } from '../features/tunnel-editing/handoff/handoff-fragment.ts'
import { OpenHandoff } from '../features/tunnel-editing/handoff/open-handoff.tsx'
import { useStore } from '../lib/store.ts'
import { CardPage } from './card-page.tsx'

const route = getRouteApi('/handoff/$handoffId')

export function HandoffPage() {
  const { handoffId } = route.useParams()
  const key = useStore(handoffKey)
  return (
    <CardPage title="A pre-shared key for you" isWide>
      <OpenHandoff key={`${handoffId} ${key}`} handoffId={handoffId} linkKey={key} />
    </CardPage>
  )
}
