import { useRouter } from '@tanstack/react-router'
import { useCan } from '../data/session.ts'
import { type Command, commandSources } from '../lib/commands.ts'
import { setSingleKeys, singleKeysOn } from '../lib/shortcuts.ts'
import { useStore } from '../lib/store.ts'
import { CommandPalette } from '../ui/command-palette.tsx'
import { modKey } from '../ui/kbd.tsx'
import { ShortcutsHelp } from '../ui/shortcuts-help.tsx'
import { usePages } from './use-pages.ts'

interface ShellDialogsProps {
  open: 'palette' | 'help' | null
  onClose: () => void
}

export function ShellDialogs({ open, onClose }: ShellDialogsProps) {
  const pages = usePages()
  const router = useRouter()
  const canEdit = useCan('tunnel.update')
  const sources = useStore(commandSources)
  const isSingleKeyOn = useStore(singleKeysOn)
  const search = (query: string): readonly Command[] => {
    const found = pages.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()))
    const own = found.map(({ path, label, key }) => ({
      id: path,
      label,
      group: 'Pages',
      hint: `g ${key}`,
      run: () => void router.navigate({ to: path }),
    }))
    return [...own, ...sources.flatMap((source) => source(query))]
  }
  return (
    <>
      <CommandPalette open={open === 'palette'} onOpenChange={onClose} search={search} />
      <ShortcutsHelp
        open={open === 'help'}
        onOpenChange={onClose}
        groups={helpGroups(pages, canEdit)}
        isSingleKeyOn={isSingleKeyOn}
        onSingleKeyChange={setSingleKeys}
      />
    </>
  )
}

const helpGroups = (pages: readonly { label: string; key: string }[], canEdit: boolean) => [
  {
    title: 'Anywhere',
    lines: [
      { keys: [modKey, 'K'], does: 'Go to a page or a tunnel' },
      ...pages.map(({ label, key }) => ({ keys: ['g', key], does: `Open ${label}` })),
      { keys: ['/'], does: 'Filter this page' },
      { keys: ['r'], does: 'Refresh' },
      { keys: ['?'], does: 'This help' },
    ],
  },
  {
    title: 'In a table',
    lines: [
      { keys: ['↑', '↓'], does: 'Move between rows' },
      { keys: ['Enter'], does: 'Open the row' },
      ...(canEdit ? [{ keys: ['e'], does: 'Edit the row' }] : []),
    ],
  },
  { title: 'In a form', lines: [{ keys: [modKey, 'Enter'], does: 'Validate' }] },
]
