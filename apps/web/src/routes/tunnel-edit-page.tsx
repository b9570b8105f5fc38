import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ProblemError } from '@tunnel-console/shared/problem'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useState } from 'react'
import { EditTunnel } from '../features/tunnel-editing/edit/edit-tunnel.tsx'
import { savedWords } from '../features/tunnel-editing/edit/saved-words.ts'
import { keepDraft } from '../features/tunnel-editing/kept-draft.ts'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.tsx'
import { BackToList } from './back-to-list.tsx'

const route = getRouteApi('/app/tunnels/$id/edit')

export function TunnelEditPage() {
  const loaded = route.useLoaderData()
  // What the page was opened on. The loader may run again; the form must not move under the person's hands.
  const [{ tunnel, version, unknownFields }] = useState(loaded)
  const navigate = useNavigate()
  if (!isWholeTunnel(tunnel)) throw ProblemError.of('forbidden')
  const { id, name } = tunnel
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
      <EditTunnel
        key={id}
        tunnel={tunnel}
        version={version}
        unknownFields={unknownFields}
        onSaved={(_, told) => {
          toast(savedWords(told))
          // In place of the review, to which Back must not lead any more.
          void navigate({ to: '/tunnels/$id', params: { id }, replace: true })
        }}
        onCancel={() => void toTunnel()}
        onCreateAgain={(draft) => {
          keepDraft(draft)
          void navigate({ to: '/tunnels/new' })
        }}
      />
    </>
  )
}
