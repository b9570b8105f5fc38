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
  return (
    <div className="flex flex-col gap-2">
      <DryRunLine
        isPending={isPending}
        problem={error?.problem}
        accepted={`Cloudflare accepts ${accepted === tunnels.length ? 'new keys for all of them' : `new keys for ${accepted} of ${count(tunnels.length, 'tunnel')}`}.`}
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
