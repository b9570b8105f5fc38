import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '../data/session.ts'
import { BulkDelete } from '../features/tunnel-editing/bulk-delete/bulk-delete.tsx'
import { keptDeleteDraft } from '../features/tunnel-editing/bulk-delete/delete-draft.ts'
import { deselect } from '../features/tunnels/selection.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { BackToList } from './back-to-list.tsx'
import { NoneChosen } from './none-chosen.tsx'

const route = getRouteApi('/app/tunnels/bulk-delete')

export function BulkDeletePage() {
  const { id } = useSession().user
  const [draft] = useState(() => keptDeleteDraft(id))
  const { step = 'check' } = route.useSearch()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="Delete tunnels" breadcrumb={<BackToList />} />
      {draft ? (
        <BulkDelete
          start={draft}
          step={step}
          onStep={(next) =>
            void navigate({ to: '/tunnels/bulk-delete', search: next === 'check' ? {} : { step: next } })
          }
          onStarted={(jobId) => void navigate({ to: '/jobs/$jobId', params: { jobId }, replace: true })}
          onTaken={deselect}
        />
      ) : (
        <NoneChosen>Select the tunnels that are to go in the list, then choose Delete.</NoneChosen>
      )}
    </>
  )
}
