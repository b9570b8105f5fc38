import { count } from '../../../lib/format.ts'
import type { FieldPartProps } from './field-part.ts'
import { TunnelField } from './tunnel-field.tsx'
import type { NeighbourTunnel } from './use-tunnel-form.ts'

const mostOffered = 4

/** The address, and those that the account's other tunnels use. */
export function CloudflareEndpoint({ kit, field, neighbours }: FieldPartProps) {
  const offered = endpointsOf(neighbours)
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
          {offered.map(({ address, uses }) => (
            <button
              key={address}
              type="button"
              aria-label={`Use ${address}, as ${count(uses, 'tunnel does', 'tunnels do')}`}
              aria-pressed={address === current}
              onClick={() => {
                kit.form.setValue('cloudflare_endpoint', address, { shouldDirty: true })
                kit.form.clearErrors('cloudflare_endpoint')
              }}
              className="mono min-h-7 rounded-s border border-line px-2 hover:bg-sunken aria-pressed:border-accent aria-pressed:text-accent pointer-coarse:min-h-11"
            >
              {address}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

/** The addresses that other tunnels use, the most used first. */
function endpointsOf(tunnels: readonly NeighbourTunnel[]): { address: string; uses: number }[] {
  const uses = new Map<string, number>()
  for (const { cloudflare_endpoint: address } of tunnels) {
    if (address !== '') uses.set(address, (uses.get(address) ?? 0) + 1)
  }
  return [...uses]
    .map(([address, number]) => ({ address, uses: number }))
    .sort((a, b) => b.uses - a.uses)
    .slice(0, mostOffered)
}
