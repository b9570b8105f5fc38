import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { useState } from 'react'
import { useCan } from '../data/session.ts'
import { newTunnels } from '../features/tunnel-editing/create/new-tunnels.ts'
import { GeneratePskDialog } from '../features/tunnel-editing/psk/generate-psk-dialog.tsx'
import { pskTunnelOf } from '../features/tunnel-editing/psk/psk-tunnel.ts'
import { KeyNews } from '../features/tunnel-editing/rotation/key-news.tsx'
import { useStore } from '../lib/store.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { deviceSlotOf } from './device-slots.tsx'

/** What is next with a tunnel's key: there is none yet, or one is on its way to the device. */
export function KeyStep({ tunnel, isGone }: { tunnel: VisibleTunnel; isGone: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const psk = pskTunnelOf(tunnel)
  const mayGenerate = useCan('psk.generate')
  // Whoever chose to have it generated at once must not take the tunnel for complete.
  const isOpenEnd = useStore(newTunnels)[tunnel.id] === 'generate'
  return (
    <>
      {mayGenerate && !psk.hasKey && !isGone && (
        <div className="mb-4">
          <Banner
            kind={isOpenEnd ? 'warning' : 'info'}
            title={isOpenEnd ? 'Tunnel exists, key was not set' : 'Next: generate the pre-shared key'}
            actions={
              <Button kind="primary" size="small" onClick={() => setOpen(true)}>
                {isOpenEnd ? 'Set key now' : 'Generate the key'}
              </Button>
            }
          >
            This tunnel carries nothing until it has a key and the device has the same one.
          </Banner>
        </div>
      )}
      {!isGone && <KeyNews tunnel={psk} onGenerate={() => setOpen(true)} />}
      {/* It stays when the tunnel has its key by now, and when the role has ended: this may be the only view of it. */}
      <GeneratePskDialog tunnel={psk} open={isOpen} onOpenChange={setOpen} setup={deviceSlotOf(tunnel)} />
    </>
  )
}
