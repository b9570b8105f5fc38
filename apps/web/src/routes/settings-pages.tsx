import { Link } from '@tanstack/react-router'
import { useActiveInSight } from './use-active-in-sight.ts'

const pages = [
  { to: '/settings', label: 'General' },
  { to: '/settings/connection', label: 'Connection' },
  { to: '/settings/walls', label: 'Wall screens' },
  { to: '/settings/webhooks', label: 'Webhooks' },
] as const

/** The pages below Settings, as links in a row. */
export function SettingsPages() {
  const row = useActiveInSight()
  return (
    <nav ref={row} aria-label="Settings" className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
      {pages.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="focus-inset -mb-px flex min-h-10 shrink-0 items-center border-b-2 border-transparent px-3 text-14 font-medium text-fg-2 hover:text-fg pointer-coarse:min-h-11 forced-colors:border-[Canvas]"
          activeProps={{ className: 'border-accent! text-fg! forced-colors:border-[Highlight]!' }}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
