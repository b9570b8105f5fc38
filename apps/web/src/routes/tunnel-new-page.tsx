import { getRouteApi, Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '../data/session.ts'
import { CreateTunnel } from '../features/tunnel-editing/create/create-tunnel.tsx'
import type { KeyPlan } from '../features/tunnel-editing/create/creation-draft.ts'
import { type CreationView, isCreationView } from '../features/tunnel-editing/create/creation-steps.ts'
import { noteNewTunnel } from '../features/tunnel-editing/create/new-tunnels.ts'
import { StartNote } from '../features/tunnel-editing/create/start-note.tsx'
import { originOf, startOf } from '../features/tunnel-editing/create/start-of.ts'
import type { Created } from '../features/tunnel-editing/create/use-create-tunnel.ts'
import { whereToBegin } from '../features/tunnel-editing/create/use-creation.ts'
import { wantedKey } from '../features/tunnels/recent-tunnels.ts'
import { CreateAgainNote } from '../features/versions/create-again.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.ts'
import { BackToList, listAsLeft } from './back-to-list.tsx'

const route = getRouteApi('/app/tunnels/new')

export function TunnelNewPage() {
  const { step } = useParams({ strict: false })
  const [round, setRound] = useState(0)
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="Create tunnel" breadcrumb={<BackToList />} />
      {isCreationView(step) ? (
        <NewTunnel
          key={round}
          view={step}
          onRestart={() => {
            setRound(round + 1)
            void navigate({ to: '/tunnels/new', search: {} })
          }}
        />
      ) : (
        <FirstStep />
      )}
    </>
  )
}

function FirstStep() {
  const search = route.useSearch()
  const owner = useSession().user.id
  const [step] = useState(() => whereToBegin(owner, originOf(search), search.from !== undefined))
  return <Navigate to="/tunnels/new/$step" params={{ step }} search={true} replace />
}

interface NewTunnelProps {
  view: CreationView
  onRestart: () => void
}

function NewTunnel({ view, onRestart }: NewTunnelProps) {
  const navigate = useNavigate()
  const search = route.useSearch()
  const loaded = route.useLoaderData()
  // What the page was opened on. The loader may run again; the form must not move under the person's hands.
  const [start] = useState(() => startOf(search, loaded))
  const onCreated = (tunnel: Created, plan: KeyPlan | null) => {
    const { id } = tunnel
    toast(createdWords(tunnel))
    if (id === null) return void navigate({ to: '/tunnels' })
    if (plan !== null) noteNewTunnel(id, plan)
    if (plan === 'generate') wantedKey.set(id)
    // The device is next; whoever filled in the plain form sees the tunnel first.
    void navigate({ href: `/tunnels/${id}${plan === null ? '' : '?tab=device-setup'}`, replace: true })
  }
  return (
    <>
      {search.from !== undefined && <CreateAgainNote id={search.from} last={start.last} />}
      <StartNote search={search} start={start} />
      <CreateTunnel
        view={view}
        onView={(next) => void navigate({ to: '/tunnels/new/$step', params: { step: next }, search: true })}
        start={start}
        onCreated={onCreated}
        onCancel={() => void navigate(listAsLeft())}
        onRestart={onRestart}
      />
    </>
  )
}

function createdWords({ id, name, hasKey }: Created): string {
  if (hasKey) return `${name} was created, with your key`
  return id === null ? `${name} was created` : `${name} was created. Next: its pre-shared key.`
}
