import { Link } from '@tanstack/react-router'
import { cx } from '../../lib/cx.ts'
import type { TunnelRow } from './tunnel-rows.ts'

type TunnelLinkProps = Pick<TunnelRow, 'tunnel'> & { isWhole?: boolean; isCut?: boolean }

/** `isWhole`: it can be pressed anywhere in its row. `isCut`: a long name is cut to one line until it has the focus. */
export function TunnelLink({ tunnel, isWhole = false, isCut = false }: TunnelLinkProps) {
  return (
    <Link
      to="/tunnels/$id"
      params={{ id: tunnel.id }}
      title={isCut ? tunnel.name : undefined}
      className={cx(
        'rounded-s text-14 font-medium text-fg decoration-1 underline-offset-3 hover:underline',
        isWhole && 'after:absolute after:-inset-x-3 after:-inset-y-2',
        isCut ? 'block truncate focus-visible:whitespace-normal' : '[overflow-wrap:anywhere]',
        isCut && 'focus-visible:[overflow-wrap:anywhere]',
      )}
    >
      {tunnel.name || tunnel.id}
    </Link>
  )
}
