import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { asNew, lastSnapshot } from '@tunnel-console/shared/versions'
import { useState } from 'react'
import { CreateTunnel } from '../features/tunnel-editing/create/create-tunnel.tsx'
import { CreateAgainNote } from '../features/versions/create-again.tsx'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.tsx'

const route = getRouteApi('/app/tunnels/new')

export function TunnelNewPage() {
  const navigate = useNavigate()
  const { from } = route.useSearch()
  const loaded = route.useLoaderData()
  const [versions] = useState(() => loaded)
  const last = versions && lastSnapshot(versions)
  return (
    <>
      <PageHeader title="Create tunnel" breadcrumb={<TextLink to="/tunnels">Tunnels</TextLink>} />
      {from !== undefined && <CreateAgainNote id={from} last={last} />}
      <CreateTunnel
        start={last ? asNew(last.draft) : undefined}
        onCreated={({ id, name }) => {
          toast(id === null ? `${name} was created` : `${name} was created. Next: its pre-shared key.`)
          void navigate(id === null ? { to: '/tunnels' } : { to: '/tunnels/$id', params: { id } })
        }}
        onCancel={() => void navigate({ to: '/tunnels' })}
      />
    </>
  )
}
