import { cx } from '../lib/cx.ts'
import { CopyButton } from './copy-button.tsx'

interface AddressProps {
  /** An address, a prefix, an ASN or an id. Empty shows "–". */
  value: string | null | undefined
  /** Cuts a long id in the middle. It is copied whole. */
  isId?: boolean
  canCopy?: boolean
}

/** Mono, never broken, the prefix length muted; copied by a button that shows on hover and on focus. */
export function Address({ value, isId = false, canCopy = true }: AddressProps) {
  if (!value) return <Nothing />
  const [host, prefix] = value.split('/')
  const shown = isId && value.length > 16 ? `${value.slice(0, 8)}…${value.slice(-6)}` : host
  return (
    <span className="group/address inline-flex items-center gap-0.5 whitespace-nowrap">
      <span className="mono" title={isId ? value : undefined}>
        {shown}
        {prefix !== undefined && !isId && <span className="text-fg-2">/{prefix}</span>}
      </span>
      {canCopy && (
        <CopyButton
          value={value}
          label={`Copy ${value}`}
          className={cx(
            'min-h-6! w-6! text-fg-3 opacity-0 group-hover/address:opacity-100 focus-visible:opacity-100',
            // Unseen until it is pointed at, it takes no room of its own in a table: the space between two cells is as wide.
            'in-[td]:[@media(hover:hover)]:-mr-6.5 [@media(hover:none)]:opacity-100',
          )}
        />
      )}
    </span>
  )
}

/** A value that is not there: a dash to see, words to hear. */
export function Nothing({ words = 'no data' }: { words?: string }) {
  return (
    <>
      <span aria-hidden className="text-fg-3">
        –
      </span>
      <span className="sr-only">{words}</span>
    </>
  )
}
