import { Link } from '@tanstack/react-router'
import { cx } from '../../lib/cx.ts'
import type { TunnelRow } from './tunnel-rows.ts'

/** `isWhole`: it can be pressed anywhere in its row. */
export function TunnelLink({ tunnel, isWhole = false }: Pick<TunnelRow, 'tunnel'> & { isWhole?: boolean }) {
  return (
    <Link
      to="/tunnels/$id"
      params={{ id: tunnel.id }}
      className={cx(
        'rounded-s text-14 font-medium text-fg decoration-1 underline-offset-3 [overflow-wrap:anywhere] hover:underline',
        isWhole && 'after:absolute after:-inset-x-3 after:-inset-y-2',
      )}
    >
      {tunnel.name || tunnel.id}
    </Link>
  )
}
