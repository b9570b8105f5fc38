import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { blankDraft } from '@tunnel-console/shared/draft'
import { asNew, lastSnapshot } from '@tunnel-console/shared/versions'
import { useState } from 'react'
import { CreateTunnel } from '../features/tunnel-editing/create/create-tunnel.tsx'
import { CreateAgainNote } from '../features/versions/create-again.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.tsx'
import { BackToList, listAsLeft } from './back-to-list.tsx'

const route = getRouteApi('/app/tunnels/new')

export function TunnelNewPage() {
  const navigate = useNavigate()
  const { from, interface_address } = route.useSearch()
  const loaded = route.useLoaderData()
  const [versions] = useState(() => loaded)
  const last = versions && lastSnapshot(versions)
  return (
    <>
      <PageHeader title="Create tunnel" breadcrumb={<BackToList />} />
      {from !== undefined && <CreateAgainNote id={from} last={last} />}
      <CreateTunnel
        start={last ? asNew(last.draft) : interface_address ? { ...blankDraft, interface_address } : undefined}
        onCreated={({ id, name, hasKey }) => {
          toast(createdWords(name, id !== null, hasKey))
          void navigate(id === null ? { to: '/tunnels' } : { to: '/tunnels/$id', params: { id } })
        }}
        onCancel={() => void navigate(listAsLeft())}
      />
    </>
  )
}

function createdWords(name: string, isFound: boolean, hasKey: boolean): string {
  if (hasKey) return `${name} was created, with your key`
  return isFound ? `${name} was created. Next: its pre-shared key.` : `${name} was created`
}
