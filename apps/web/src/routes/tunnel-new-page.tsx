import { useNavigate } from '@tanstack/react-router'
import { CreateTunnel } from '../features/tunnel-editing/create/create-tunnel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.tsx'
import { BackToList, listAsLeft } from './back-to-list.tsx'

export function TunnelNewPage() {
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="Create tunnel" breadcrumb={<BackToList />} />
      <CreateTunnel
        onCreated={({ id, name }) => {
          toast(id === null ? `${name} was created` : `${name} was created. Next: its pre-shared key.`)
          void navigate(id === null ? { to: '/tunnels' } : { to: '/tunnels/$id', params: { id } })
        }}
        onCancel={() => void navigate(listAsLeft())}
      />
    </>
  )
}
