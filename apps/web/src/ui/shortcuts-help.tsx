import { Fragment } from 'react'
import { Dialog } from './dialog.tsx'
import { Kbd } from './kbd.tsx'
import { Switch } from './switch-field.tsx'

export interface ShortcutLine {
  keys: readonly string[]
  does: string
}

interface ShortcutsHelpProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  groups: readonly { title: string; lines: readonly ShortcutLine[] }[]
  /** Single keys can be switched off (WCAG 2.1.4). */
  isSingleKeyOn: boolean
  onSingleKeyChange: (isOn: boolean) => void
}

export function ShortcutsHelp({ open, onOpenChange, groups, isSingleKeyOn, onSingleKeyChange }: ShortcutsHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="medium">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {groups.map(({ title, lines }) => (
          <section key={title}>
            <h3 className="mb-1.5 text-13 font-medium text-fg-3">{title}</h3>
            <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1.5 text-13">
              {lines.map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt>{does}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label
        htmlFor="single-keys"
        className="mt-5 flex min-h-11 items-center justify-between gap-4 border-t border-line"
      >
        <span className="text-14">Single-key shortcuts</span>
        <Switch
          id="single-keys"
          checked={isSingleKeyOn}
          onChange={(event) => onSingleKeyChange(event.target.checked)}
        />
      </label>
    </Dialog>
  )
}
