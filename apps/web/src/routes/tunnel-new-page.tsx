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
        onCreated={({ id, name, hasKey }) => {
          toast(createdWords(name, id !== null, hasKey))
          void navigate(id === null ? { to: '/tunnels' } : { to: '/tunnels/$id', params: { id } })
        }}
        onCancel={() => void navigate({ to: '/tunnels' })}
      />
    </>
  )
}

function createdWords(name: string, isFound: boolean, hasKey: boolean): string {
  if (hasKey) return `${name} was created, with your key`
  return isFound ? `${name} was created. Next: its pre-shared key.` : `${name} was created`
}
