import type { DeviceFile } from '@tunnel-console/device-config/templates'
import { Download } from 'lucide-react'
import { useId } from 'react'
import { saveFile } from '../../lib/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

interface DeviceFilesProps {
  /** What is shown. */
  files: readonly DeviceFile[]
  /** What is copied, where that is not what is shown: a key that nobody wants on the screen. */
  copied?: readonly DeviceFile[]
  /** Whether they may be saved. A file with a key is never. */
  canSave?: boolean
  onCopied?: () => void
}

/** The files for a device, each to read, to copy and to save. */
export function DeviceFiles({ files, copied = files, canSave = true, onCopied }: DeviceFilesProps) {
  return (
    <div className="flex flex-col gap-6">
      {files.map((file, index) => (
        <ShownFile
          key={file.name}
          file={file}
          copied={copied[index]?.text ?? file.text}
          canSave={canSave}
          onCopied={onCopied}
        />
      ))}
    </div>
  )
}

interface ShownFileProps {
  file: DeviceFile
  copied: string
  canSave: boolean
  onCopied: (() => void) | undefined
}

function ShownFile({ file: { name, text }, copied, canSave, onCopied }: ShownFileProps) {
  const id = useId()
  const save = () => saveFile(new Blob([copied], { type: 'text/plain' }), name)
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 id={id} className="mono mr-auto font-medium [overflow-wrap:anywhere]">
          {name}
        </h3>
        <CopyButton isWide value={() => copied} onCopied={onCopied} />
        {canSave && (
          <Button size="small" icon={<Download aria-hidden size={14} />} onClick={save}>
            Download
          </Button>
        )}
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`${name}, scrolls`}
        className="focus-inset max-h-120 overflow-auto rounded-m border border-line bg-sunken p-3"
      >
        <pre className="mono text-12" translate="no">
          {text}
        </pre>
      </section>
    </section>
  )
}
