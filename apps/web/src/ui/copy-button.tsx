import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button, type ButtonProps, IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'

type CopyButtonProps = Pick<ButtonProps, 'kind' | 'size' | 'className'> & {
  /** What is copied, or a function for what must not be kept in the page. */
  value: string | (() => string)
  /** The accessible name: "Copy" beside a visible value, else "Copy 10.1.2.3". */
  label?: string
  /** Shows the label as text. */
  isWide?: boolean
  onCopied?: () => void
}

export function CopyButton({
  value,
  label = 'Copy',
  isWide,
  onCopied,
  kind,
  size = 'small',
  className,
}: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    const isDone = await copyText(typeof value === 'function' ? value() : value)
    setOutcome(isDone ? 'copied' : 'failed')
    setTimeout(() => setOutcome('idle'), 2000)
    if (isDone) onCopied?.()
  }
  const press = () => void copy()
  const icon = outcome === 'copied' ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />
  if (!isWide) {
    return (
      <IconButton label={label} icon={icon} size={size} kind={kind ?? 'ghost'} onClick={press} className={className} />
    )
  }
  return (
    <Button icon={icon} size={size} kind={kind} onClick={press} className={className}>
      {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Not copied' : label}
    </Button>
  )
}
