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
