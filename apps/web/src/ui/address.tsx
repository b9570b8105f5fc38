import { copyText } from './copy-text.ts'

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
    <span className="mono whitespace-nowrap" title={isId ? value : undefined}>
      {shown}
      {prefix !== undefined && !isId && <span className="text-fg-2">/{prefix}</span>}
      {canCopy && (
        <button
          type="button"
          aria-label={`Copy ${value}`}
          title={`Copy ${value}`}
          className="copy-mark"
          onClick={({ currentTarget }) => copyFrom(currentTarget, value)}
        />
      )}
    </span>
  )
}

/** Copies, says so, and has the button show it for a moment. */
async function copyFrom(button: HTMLElement, value: string): Promise<void> {
  const isDone = await copyText(value)
  button.dataset['outcome'] = isDone ? 'copied' : 'failed'
  setTimeout(() => delete button.dataset['outcome'], 2000)
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
