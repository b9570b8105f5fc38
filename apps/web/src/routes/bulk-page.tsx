import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '../data/session.ts'
import { keptBulkDraft } from '../features/tunnel-editing/bulk/bulk-draft.ts'
import { BulkEdit } from '../features/tunnel-editing/bulk/bulk-edit.tsx'
import { startBulkRestore } from '../features/tunnel-editing/bulk/bulk-start.ts'
import { deselect } from '../features/tunnels/selection.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { BackToList } from './back-to-list.tsx'
import { NoneChosen } from './none-chosen.tsx'

const route = getRouteApi('/app/tunnels/bulk')

export function BulkPage() {
  const { id } = useSession().user
  const [draft, setDraft] = useState(() => keptBulkDraft(id))
  const { step = 'choose' } = route.useSearch()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="Bulk edit" breadcrumb={<BackToList />} />
      {draft ? (
        <BulkEdit
          key={draft.id}
          start={draft}
          step={step}
          onStep={(next) => void navigate({ to: '/tunnels/bulk', search: next === 'choose' ? {} : { step: next } })}
          onStarted={(jobId) => void navigate({ to: '/jobs/$jobId', params: { jobId }, replace: true })}
          onTaken={deselect}
          onRestore={(rows) => {
            startBulkRestore(id, rows)
            setDraft(keptBulkDraft(id))
            void navigate({ to: '/tunnels/bulk', replace: true })
          }}
        />
      ) : (
        <NoneChosen>Select the tunnels that are to change in the list, then choose Edit.</NoneChosen>
      )}
    </>
  )
}
