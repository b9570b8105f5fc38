import type { CloudflareAddress } from '@tunnel-console/shared/addresses'
import { count } from '../../../lib/format.ts'
import type { FieldPartProps } from './field-part.ts'
import { TunnelField } from './tunnel-field.tsx'
import type { NeighbourTunnel } from './use-tunnel-form.ts'

const mostOffered = 4
const mostKnown = 8

interface CloudflareEndpointProps extends FieldPartProps {
  /** What the console knows of the account's addresses; absent: what its tunnels use. */
  known?: readonly CloudflareAddress[] | undefined
}

/** The address, and those that the account's other tunnels use, or could. */
export function CloudflareEndpoint({ kit, field, neighbours, known }: CloudflareEndpointProps) {
  const offered = known?.slice(0, mostKnown) ?? endpointsOf(neighbours)
  const current = kit.draft.cloudflare_endpoint
  return (
    <div className="flex flex-col gap-2">
      <TunnelField kit={kit} field={field} />
      {offered.length > 0 && (
        <fieldset className="flex flex-wrap items-center gap-1.5 text-13">
          <legend className="sr-only">Cloudflare endpoints used in this account</legend>
          <span aria-hidden className="mr-1 text-fg-3">
            Used in this account
          </span>
          {offered.map(({ address, tunnels, leased }) => (
            <button
              key={address}
              type="button"
              aria-label={`Use ${address}, ${tunnels > 0 ? `as ${count(tunnels, 'tunnel does', 'tunnels do')}` : 'leased to this account'}`}
              aria-pressed={address === current}
              onClick={() => {
                kit.form.setValue('cloudflare_endpoint', address, { shouldDirty: true })
                kit.form.clearErrors('cloudflare_endpoint')
              }}
              className="mono min-h-7 rounded-s border border-line px-2 hover:bg-sunken aria-pressed:border-accent aria-pressed:text-accent pointer-coarse:min-h-11"
            >
              {address}
              {tunnels === 0 && leased && <span className="text-fg-3"> leased</span>}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

/** The addresses that other tunnels use, the most used first. */
function endpointsOf(tunnels: readonly NeighbourTunnel[]): CloudflareAddress[] {
  const uses = new Map<string, number>()
  for (const { cloudflare_endpoint: address } of tunnels) {
    if (address !== '') uses.set(address, (uses.get(address) ?? 0) + 1)
  }
  return [...uses]
    .map(([address, number]) => ({ address, tunnels: number, leased: null }))
    .sort((a, b) => b.tunnels - a.tunnels)
    .slice(0, mostOffered)
}
