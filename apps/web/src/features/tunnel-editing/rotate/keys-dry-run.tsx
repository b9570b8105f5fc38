import { useQuery } from '@tanstack/react-query'
import { keysCheckQuery } from '../../../data/psk.ts'
import { count } from '../../../lib/format.ts'
import { DryRunLine } from '../dry-run-line.tsx'
import type { PskTunnel } from '../psk/psk-tunnel.ts'

/** What Cloudflare says to new keys for these, before anything is done: all, or which not and why. */
export function KeysDryRun({ tunnels }: { tunnels: readonly PskTunnel[] }) {
  const { data, error, isPending } = useQuery(keysCheckQuery(tunnels.map(({ id }) => id)))
  const refused = data?.filter(({ outcome }) => outcome === 'rejected') ?? []
  const unsure = data?.filter(({ outcome }) => outcome === 'unknown') ?? []
  const accepted = tunnels.length - refused.length - unsure.length
  // None could be asked for: the dry run is as good as not made.
  const notMade = data !== undefined && unsure.length === tunnels.length ? unsure[0]?.problem : undefined
  return (
    <div className="flex flex-col gap-2">
      <DryRunLine
        isPending={isPending}
        problem={error?.problem ?? notMade}
        accepted={`Cloudflare accepts new keys for ${howMany(accepted, tunnels.length)}.`}
        isNone={accepted === 0}
      />
      {refused.length > 0 && (
        <ul aria-label="Would be refused" className="flex flex-col gap-1 text-13 text-down-fg">
          {refused.map(({ id, problem }) => (
            <li key={id} className="[overflow-wrap:anywhere]">
              {tunnels.find((tunnel) => tunnel.id === id)?.name ?? id}:{' '}
              {problem?.upstream?.[0]?.message ?? problem?.detail ?? problem?.title ?? 'would be refused'}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function howMany(accepted: number, all: number): string {
  if (accepted === all) return 'all of them'
  return accepted === 0 ? 'none of them' : `${accepted} of ${count(all, 'tunnel')}`
}
