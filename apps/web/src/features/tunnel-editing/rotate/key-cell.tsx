import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { MaskedKey } from '../psk/secret-key.tsx'

/** A key in a row: masked until Show, copied without being shown. */
export function KeyCell({ name, psk, onCopied }: { name: string; psk: string; onCopied: () => void }) {
  const [isShown, setShown] = useState(false)
  return (
    <span className="flex flex-wrap items-center gap-1">
      <span className={isShown ? 'max-w-72 basis-full' : 'min-w-36'}>
        <MaskedKey psk={psk} isShown={isShown} size="small" />
      </span>
      <IconButton
        size="small"
        label={`Show the key of ${name}`}
        aria-pressed={isShown}
        icon={isShown ? <EyeOff aria-hidden size={14} /> : <Eye aria-hidden size={14} />}
        onClick={() => setShown(!isShown)}
      />
      <CopyButton label={`Copy the key of ${name}`} value={() => psk} onCopied={onCopied} />
    </span>
  )
}
