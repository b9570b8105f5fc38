import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import type { DeviceSlot } from '../features/tunnel-editing/psk/psk-steps.tsx'
import { Button } from '../ui/button.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PartMissing } from '../ui/part-missing.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

const Waiting = () => <SkeletonRows label="Loading" />

export const DeviceSetup = lazyPart(
  async () => (await import('../features/device-setup/device-setup.tsx')).DeviceSetup,
  {
    Waiting,
    Missing: ({ retry }) => <PartMissing retry={retry} look="page" />,
  },
)

const WaitingPanel = lazyPart(async () => (await import('../features/device-setup/waiting-panel.tsx')).WaitingPanel, {
  Missing: () => null,
})

const KeyedSetup = lazyPart(async () => (await import('../features/device-setup/keyed-setup.tsx')).KeyedSetup, {
  Waiting,
  Missing: ({ retry }) => (
    <p className="flex flex-wrap items-center gap-2 text-13 text-fg-2">
      This part of the console could not be loaded. The key above is still there.
      <Button size="small" onClick={() => void retry()}>
        Try again
      </Button>
    </p>
  ),
})

/** A tunnel of today that has its key, watched until it is up: on every tab but the one that has this itself. */
export function ComingUp({ tunnel }: { tunnel: VisibleTunnel }) {
  if (!isWholeTunnel(tunnel) || !tunnel.psk_metadata?.last_generated_on || !isOfToday(tunnel.created_on)) return null
  return (
    <div className="mb-4 empty:hidden">
      <WaitingPanel tunnel={tunnel}>
        <LinkButton size="small" to="/tunnels/$id" params={{ id: tunnel.id }} search={{ tab: 'device-setup' }}>
          Set up the device
        </LinkButton>
      </WaitingPanel>
    </div>
  )
}

const isOfToday = (createdOn: string | null) => Date.now() - Date.parse(createdOn ?? '') < 24 * 3_600_000

/** What the key dialog shows beside a revealed key; nothing for whoever does not see the whole tunnel. */
export function deviceSlotOf(tunnel: VisibleTunnel): DeviceSlot | undefined {
  if (!isWholeTunnel(tunnel)) return undefined
  return ({ psk, ipsecId }, onUse) => <KeyedSetup tunnel={tunnel} psk={psk} ipsecId={ipsecId} onUse={onUse} />
}
