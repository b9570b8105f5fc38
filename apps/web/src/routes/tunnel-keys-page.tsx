import { getRouteApi } from '@tanstack/react-router'
import { RotateKeys } from '../features/tunnel-editing/rotate/rotate-keys.tsx'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'

const route = getRouteApi('/app/tunnels/keys')

export function TunnelKeysPage() {
  const { step } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader
        title="Rotate keys"
        breadcrumb={<TextLink to="/tunnels">Tunnels</TextLink>}
        description="New pre-shared keys for many tunnels at once, each shown one time."
      />
      <RotateKeys
        step={step ?? 'choose'}
        onStep={(next) => void navigate({ search: next === 'confirm' ? { step: next } : {} })}
        onDone={() => void navigate({ search: {}, replace: true })}
      />
    </>
  )
}
