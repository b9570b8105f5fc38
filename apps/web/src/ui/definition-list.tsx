import type { ReactNode } from 'react'
import { Badge } from './badge.tsx'
import { CopyButton } from './copy-button.tsx'

export interface Definition {
  label: string
  value: ReactNode
  /** "default": what Cloudflare would choose. "derived": computed from another value. */
  mark?: 'default' | 'derived'
  /** The text to copy; gives the row a Copy button. */
  copy?: string
}

/** Label and value rows. Give each list a heading. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="border-t border-line">
      {items.map(({ label, value, mark, copy }) => (
        <div
          key={label}
          className="grid min-h-row grid-cols-1 items-center gap-x-6 border-b border-line py-1.5 sm:grid-cols-[minmax(9rem,14rem)_1fr]"
        >
          <dt className="text-13 text-fg-3">{label}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 text-14 [overflow-wrap:anywhere]">
            {value}
            {mark && <Badge>{mark}</Badge>}
            {copy && <CopyButton value={copy} label={`Copy ${label}`} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}
