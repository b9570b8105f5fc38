import { useNavigate } from '@tanstack/react-router'
import { CreateTunnel } from '../features/tunnel-editing/create/create-tunnel.tsx'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.tsx'

export function TunnelNewPage() {
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="Create tunnel" breadcrumb={<TextLink to="/tunnels">Tunnels</TextLink>} />
      <CreateTunnel
        onCreated={({ id, name }) => {
          toast(id === null ? `${name} was created` : `${name} was created. Next: its pre-shared key.`)
          void navigate(id === null ? { to: '/tunnels' } : { to: '/tunnels/$id', params: { id } })
        }}
        onCancel={() => void navigate({ to: '/tunnels' })}
      />
    </>
  )
}
