import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { ignoredByPasswordManagers } from '../../../ui/text-field.tsx'

/**
 * The key, masked by dots that tell nothing, its length included, until somebody asks. It is text in the page only
 * while it is shown, never an attribute and never in a live region. The gaps are margins: what is selected has none.
 */
export function SecretKey({ psk, onCopied }: { psk: string; onCopied: () => void }) {
  const [isShown, setShown] = useState(false)
  return (
    <section aria-label="Pre-shared key" className="rounded-m border border-line bg-canvas p-3">
      <div className="flex min-h-14 items-center">
        <MaskedKey psk={psk} isShown={isShown} />
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          size="small"
          aria-pressed={isShown}
          icon={isShown ? <EyeOff aria-hidden size={14} /> : <Eye aria-hidden size={14} />}
          onClick={() => setShown(!isShown)}
        >
          Show
        </Button>
        <CopyButton isWide value={() => psk} onCopied={onCopied} />
      </div>
    </section>
  )
}

interface MaskedKeyProps {
  psk: string
  isShown: boolean
  size?: 'normal' | 'small'
}

/** The key as text, or dots in its place. */
export function MaskedKey({ psk, isShown, size = 'normal' }: MaskedKeyProps) {
  const look = size === 'normal' ? 'mono text-16' : 'mono text-13'
  return (
    <span {...ignoredByPasswordManagers} translate="no" spellCheck={false}>
      {isShown ? <Grouped text={psk} look={look} /> : <Dots look={look} />}
    </span>
  )
}

function Grouped({ text, look }: { text: string; look: string }) {
  const groups = text.match(/.{1,4}/gsu) ?? []
  return (
    <code className={`${look} leading-7 break-all whitespace-pre-wrap select-all`}>
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group has no identity but its place
        <span key={index} className="mr-2.5 inline-block">
          {group}
        </span>
      ))}
    </code>
  )
}

function Dots({ look }: { look: string }) {
  return (
    <span>
      <span aria-hidden className={`${look} tracking-widest break-all text-fg-2`}>
        ••••••••••••••••
      </span>
      <span className="sr-only">hidden</span>
    </span>
  )
}
