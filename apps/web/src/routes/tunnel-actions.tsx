import { useNavigate } from '@tanstack/react-router'
import type { TunnelAnswer } from '@tunnel-console/shared/api'
import { Copy, Ellipsis } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useCan } from '../data/session.ts'
import { newTunnels } from '../features/tunnel-editing/create/new-tunnels.ts'
import { DeleteTunnelDialog } from '../features/tunnel-editing/delete/delete-tunnel-dialog.tsx'
import { GeneratePskDialog } from '../features/tunnel-editing/psk/generate-psk-dialog.tsx'
import { pskTunnelOf } from '../features/tunnel-editing/psk/psk-tunnel.ts'
import { planningFor } from '../features/tunnels/planned/planning-for.ts'
import { wantedKey } from '../features/tunnels/recent-tunnels.ts'
import { wantedBundle } from '../features/tunnels/support-bundle/wanted-bundle.ts'
import { useStore } from '../lib/store.ts'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { listAsLeft } from './back-to-list.tsx'
import { deviceSlotOf } from './device-slots.tsx'
import { PlanWorkSlot } from './plan-work-slot.tsx'

/** What a person may do with a tunnel. What a role can never do is not shown. */
export function TunnelActions({ answer: { tunnel, version } }: { answer: TunnelAnswer }) {
  const [open, setOpen] = useState<'psk' | 'delete' | null>(null)
  const navigate = useNavigate()
  const wanted = useStore(wantedKey)
  const isPlanned = useStore(newTunnels)[tunnel.id] === 'generate'
  const canGenerate = useCan('psk.generate')
  const canPlan = useCan('tunnel.update')
  // The palette asked for it from anywhere.
  useEffect(() => {
    if (wanted !== tunnel.id) return
    wantedKey.set(null)
    if (canGenerate) setOpen('psk')
  }, [wanted, tunnel.id, canGenerate])
  const change = (name: 'psk' | 'delete') => (isOpen: boolean) => setOpen(isOpen ? name : null)
  return (
    <>
      {useCan('tunnel.update') && (
        <LinkButton to="/tunnels/$id/edit" params={{ id: tunnel.id }}>
          Edit
        </LinkButton>
      )}
      {canGenerate && <Button onClick={() => setOpen('psk')}>Generate pre-shared key</Button>}
      {useCan('tunnel.delete') && <Button onClick={() => setOpen('delete')}>Delete</Button>}
      {useCan('tunnel.create') && <AnotherLikeIt id={tunnel.id} />}
      <Menu trigger={<Button icon={<Ellipsis aria-hidden size={16} />}>More</Button>}>
        {canPlan && (
          <MenuItem onSelect={() => planningFor.set([{ id: tunnel.id, name: tunnel.name }])}>Plan work</MenuItem>
        )}
        <MenuItem onSelect={() => wantedBundle.set({ tunnelId: tunnel.id, form: 'text' })}>
          Support bundle (Markdown)
        </MenuItem>
        <MenuItem onSelect={() => wantedBundle.set({ tunnelId: tunnel.id, form: 'zip' })}>
          Support bundle (ZIP)
        </MenuItem>
      </Menu>
      <PlanWorkSlot />
      <GeneratePskDialog
        tunnel={pskTunnelOf(tunnel)}
        open={open === 'psk'}
        onOpenChange={change('psk')}
        startsAtOnce={isPlanned}
        setup={deviceSlotOf(tunnel)}
      />
      <DeleteTunnelDialog
        tunnel={tunnel}
        version={version}
        open={open === 'delete'}
        onOpenChange={change('delete')}
        onDeleted={() => void navigate(listAsLeft())}
        onScheduled={(jobId) => void navigate({ to: '/jobs/$jobId', params: { jobId } })}
      />
    </>
  )
}

/** New tunnels made after this one. */
function AnotherLikeIt({ id }: { id: string }) {
  const navigate = useNavigate()
  const start = (search: { clone: string } | { second: string }) => () =>
    void navigate({ to: '/tunnels/new/$step', params: { step: 'basics' }, search })
  return (
    <Menu trigger={<Button icon={<Copy aria-hidden size={16} />}>Another like it</Button>}>
      <MenuItem onSelect={start({ second: id })}>Second tunnel for this site</MenuItem>
      <MenuItem onSelect={start({ clone: id })}>Clone</MenuItem>
    </Menu>
  )
}
