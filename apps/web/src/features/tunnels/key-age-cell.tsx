import { keyAge } from '@tunnel-console/shared/key-age'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { formatNumber } from '../../lib/format.ts'
import { Nothing } from '../../ui/address.tsx'
import { useTimely } from '../../ui/time-ago.tsx'

/** "212 d", marked from the age on that is worth a word; "missing" where there is no key. */
export function KeyAgeCell({ tunnel }: { tunnel: VisibleTunnel }) {
  // `isWholeTunnel` would bring the rules of all fields before the first row.
  const made = 'psk_metadata' in tunnel ? tunnel.psk_metadata?.last_generated_on : undefined
  const day = useTimely((now) => Math.floor(now.getTime() / 86_400_000) * 86_400_000 + 86_399_999)
  if (made === undefined) return <Nothing />
  if (made === null) return <span className="font-medium text-degraded-fg">missing</span>
  const age = keyAge(made, new Date(day))
  if (!age) return <Nothing />
  const isFine = age.level === 'fine'
  return (
    <span className={isFine ? undefined : 'font-medium text-degraded-fg'}>
      {formatNumber(age.days)} d{!isFine && <span className="sr-only">, old</span>}
    </span>
  )
}
