import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { peerAddress } from '@tunnel-console/shared/ip'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { useEffect } from 'react'
import { useCan } from '../../data/session.ts'
import { isOldAt, statusQuery } from '../../data/status.ts'
import { tunnelsQuery } from '../../data/tunnels.ts'
import { type Command, registerCommands } from '../../lib/commands.ts'
import { announce } from '../../ui/announcer.tsx'
import { stateLook } from '../../ui/state-look.ts'
import { StateShape } from '../../ui/state-shape.tsx'
import { toneFill } from '../../ui/tone.ts'
import { findTunnels } from './find-tunnels.ts'
import { recentTunnels, wantedKey } from './recent-tunnels.ts'
import { wantedBundle } from './support-bundle/wanted-bundle.ts'

const shownAtMost = 20
/** Acts are offered for the likeliest few, or they would bury the tunnels. */
const actedOnAtMost = 3

/** Puts the tunnels into the command palette, to open and to act on. Draws nothing. */
export function TunnelCommands() {
  const client = useQueryClient()
  const router = useRouter()
  const canEdit = useCan('tunnel.update')
  const canGenerate = useCan('psk.generate')
  // Pages that show the list keep it fresh; elsewhere one reading is enough to find a name.
  useQuery({
    ...tunnelsQuery(),
    staleTime: 60_000,
    refetchInterval: false,
    refetchOnWindowFocus: false,
    select: nothing,
  })

  // The palette is a store outside React.
  useEffect(() => {
    const open = (id: string) => void router.navigate({ to: '/tunnels/$id', params: { id } })
    const edit = (id: string) => void router.navigate({ to: '/tunnels/$id/edit', params: { id } })
    const generate = (id: string) => {
      wantedKey.set(id)
      open(id)
    }
    const acts: Acts = [
      ...(canEdit ? [['Edit', edit] as const] : []),
      ...(canGenerate ? [['Generate key for', generate] as const] : []),
      ['Support bundle of', (tunnelId) => wantedBundle.set({ tunnelId, form: 'text' })],
      ['Support bundle (ZIP) of', (tunnelId) => wantedBundle.set({ tunnelId, form: 'zip' })],
    ]
    return registerCommands((query) => commandsFor(client, query, open, acts))
  }, [client, router, canEdit, canGenerate])
  return null
}

const nothing = () => null

type Act = (id: string) => void
type Acts = readonly (readonly [verb: string, act: Act])[]

const copyVerb = 'Copy peer address of'

function commandsFor(client: QueryClient, query: string, open: Act, acts: Acts): Command[] {
  const tunnels = client.getQueryData(tunnelsQuery().queryKey)?.body.tunnels ?? []
  const statuses = client.getQueryData(statusQuery().queryKey)?.body.statuses ?? {}
  const byId = (id: string) => tunnels.filter((tunnel) => tunnel.id === id)
  if (query === '') {
    const here = byId(location.pathname.split('/')[2] ?? '')
    const recent = recentTunnels
      .get()
      .flatMap(byId)
      .filter((tunnel) => tunnel !== here[0])
    return [
      ...actsOn(here, acts, 'This tunnel'),
      ...recent.map((tunnel) => openCommand(client, tunnel, 'Recent', open)),
    ]
  }
  const verbs = [...acts.map(([name]) => name), copyVerb].filter((name) => startsLike(name, query))
  const isAct = verbs.length > 0
  const found = findTunnels(tunnels, statuses, query).slice(0, shownAtMost)
  const meant = isAct ? findTunnels(tunnels, statuses, restOf(query, verbs)) : []
  return [
    ...found.map((tunnel) => openCommand(client, tunnel, 'Tunnels', open)),
    ...actsOn((isAct ? meant : found).slice(0, actedOnAtMost), acts, 'Actions on tunnels').filter(
      ({ label }) => !isAct || verbs.some((verb) => label.startsWith(verb)),
    ),
  ]
}

/** "edit paris" and "generate key paris" begin like an act. */
const startsLike = (name: string, query: string) =>
  name.toLowerCase().split(' ')[0] === query.toLowerCase().split(/\s+/)[0]

function restOf(query: string, verbs: readonly string[]): string {
  const words = verbs.flatMap((verb) => verb.toLowerCase().replace(/[()]/g, '').split(' '))
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => !words.includes(word))
    .join(' ')
}

function openCommand(client: QueryClient, tunnel: VisibleTunnel, group: string, open: Act): Command {
  const { id, name, interface_address } = tunnel
  const status = client.getQueryData(statusQuery().queryKey)
  // The cache may be minutes old, and a hint has no room to say how old.
  const isOld = isOldAt(status?.fetchedAt, new Date())
  const { tone, shape, word } = stateLook(status?.body.statuses[id]?.state ?? 'unknown')
  return {
    id: `tunnel-${id}`,
    label: name || id,
    group,
    hint: isOld ? interface_address : `${interface_address} · ${word}`,
    icon: !isOld && (
      <span className={`inline-flex ${toneFill[tone]}`}>
        <StateShape shape={shape} />
      </span>
    ),
    run: () => open(id),
  }
}

function actsOn(tunnels: readonly VisibleTunnel[], acts: Acts, group: string): Command[] {
  return tunnels.flatMap(({ id, name, interface_address }) => {
    const peer = peerAddress(interface_address)
    const own = acts.map(([verb, act]) => ({
      id: `${verb}-${id}`,
      label: `${verb} ${name || id}`,
      group,
      run: () => act(id),
    }))
    if (peer === null) return own
    const label = `${copyVerb} ${name || id}`
    return [...own, { id: `peer-${id}`, label, group, hint: peer, run: () => void copy(peer) }]
  })
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    announce(`Copied ${text}`)
  } catch {
    announce('Copying failed')
  }
}
