import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { draftOf } from '@tunnel-console/shared/draft'
import { withPrepared } from '@tunnel-console/shared/prepared-changes'
import { ProblemError } from '@tunnel-console/shared/problem'
import { restored, snapshotAt } from '@tunnel-console/shared/versions'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useState } from 'react'
import { EditTunnel } from '../features/tunnel-editing/edit/edit-tunnel.tsx'
import { PreparedNote } from '../features/tunnel-editing/edit/prepared-note.tsx'
import { savedWords } from '../features/tunnel-editing/edit/saved-words.ts'
import { keepDraft } from '../features/tunnel-editing/kept-draft.ts'
import { RestoreNote } from '../features/versions/restore-note.tsx'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.ts'
import { BackToList } from './back-to-list.tsx'
import { useNoteRisk } from './use-note-risk.ts'

const route = getRouteApi('/app/tunnels/$id/edit')

export function TunnelEditPage() {
  const loaded = route.useLoaderData()
  // What the page was opened on. The loader may run again; the form must not move under the person's hands.
  const [{ tunnel, version, unknownFields, versions }] = useState(loaded)
  const { restore, side = 'after', prepare } = route.useSearch()
  const navigate = useNavigate()
  const noteRisk = useNoteRisk()
  if (!isWholeTunnel(tunnel)) throw ProblemError.of('forbidden')
  const { id, name } = tunnel
  const former = restore !== undefined && versions ? snapshotAt(versions, restore, side) : null
  const prepared = prepare && withPrepared(draftOf(tunnel), prepare)
  const toTunnel = () => navigate({ to: '/tunnels/$id', params: { id } })
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        breadcrumb={
          <>
            <BackToList /> /{' '}
            <TextLink to="/tunnels/$id" params={{ id }}>
              {name}
            </TextLink>
          </>
        }
      />
      {restore !== undefined && <RestoreNote tunnel={tunnel} former={former} />}
      {prepared && <PreparedNote tunnel={tunnel} prepared={prepared} />}
      <EditTunnel
        key={id}
        start={former ? restored(draftOf(tunnel), former.draft) : prepared}
        tunnel={tunnel}
        version={version}
        unknownFields={unknownFields}
        onSaved={(_, told) => {
          toast(savedWords(told))
          if (told.isRisky && told.undoMinutes === null) noteRisk(id, told.sentAt)
          // In place of the review, to which Back must not lead any more.
          void navigate({ to: '/tunnels/$id', params: { id }, replace: true })
        }}
        onScheduled={(jobId) => void navigate({ to: '/jobs/$jobId', params: { jobId }, replace: true })}
        onCancel={() => void toTunnel()}
        onCreateAgain={(draft) => {
          keepDraft(draft)
          void navigate({ to: '/tunnels/new/$step', params: { step: 'all' } })
        }}
      />
    </>
  )
}
