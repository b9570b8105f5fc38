import { useRouter } from '@tanstack/react-router'
import { useCan } from '../data/session.ts'
import { type Command, commandSources, isFoundBy } from '../lib/commands.ts'
import { setSingleKeys, singleKeysOn } from '../lib/shortcuts.ts'
import { useStore } from '../lib/store.ts'
import { CommandPalette } from '../ui/command-palette.tsx'
import { modKey } from '../ui/kbd.tsx'
import { ShortcutsHelp } from '../ui/shortcuts-help.tsx'
import { useActions } from './use-actions.ts'
import { usePages } from './use-pages.ts'

interface ShellDialogsProps {
  open: 'palette' | 'help' | null
  onClose: () => void
}

export function ShellDialogs({ open, onClose }: ShellDialogsProps) {
  const pages = usePages()
  const router = useRouter()
  const canEdit = useCan('tunnel.update')
  const canEditMany = useCan('tunnel.bulkUpdate')
  const sources = useStore(commandSources)
  const isSingleKeyOn = useStore(singleKeysOn)
  const actions = useActions()
  const search = (query: string): readonly Command[] => {
    const found = pages.filter((entry) => isFoundBy(entry, query))
    const own = found.map(({ path, label, key }) => ({
      id: path,
      label,
      group: 'Pages',
      hint: `g ${key}`,
      run: () => void router.navigate({ to: path }),
    }))
    const acts = actions.filter((action) => isFoundBy(action, query))
    return [...sources.flatMap((source) => source(query)), ...own, ...acts]
  }
  return (
    <>
      <CommandPalette open={open === 'palette'} onOpenChange={onClose} search={search} />
      <ShortcutsHelp
        open={open === 'help'}
        onOpenChange={onClose}
        groups={helpGroups(pages, { canEdit, canEditMany }, isSingleKeyOn)}
        isSingleKeyOn={isSingleKeyOn}
        onSingleKeyChange={setSingleKeys}
      />
    </>
  )
}

/** Only what works for this person, with these settings. */
function helpGroups(
  pages: readonly { label: string; key: string }[],
  { canEdit, canEditMany }: { canEdit: boolean; canEditMany: boolean },
  hasSingleKeys: boolean,
) {
  const anywhere = [
    ...pages.map(({ label, key }) => ({ keys: ['g', key], does: `Open ${label}` })),
    { keys: ['/'], does: 'To the filter of a list' },
    { keys: ['r'], does: 'Refresh' },
    { keys: ['?'], does: 'This help' },
  ]
  const tunnel = [
    ...(canEdit ? [{ keys: ['e'], does: 'Edit it' }] : []),
    { keys: ['['], does: 'The one before it in the list' },
    { keys: [']'], does: 'The one after it' },
  ]
  return [
    {
      title: 'Anywhere',
      lines: [
        { keys: [modKey, 'K'], does: 'Go to a tunnel or a page, or do something' },
        ...(hasSingleKeys ? anywhere : []),
      ],
    },
    {
      title: 'In the list of tunnels',
      lines: [
        { keys: ['Enter'], does: 'From the filter: open the first tunnel' },
        { keys: ['↓'], does: 'From the filter: into the rows' },
        { keys: ['↑', '↓'], does: 'Move between rows' },
        { keys: ['←', '→'], does: 'Move within a row' },
        ...(canEdit ? [{ keys: ['e'], does: 'Edit the row' }] : []),
        ...(canEditMany ? selecting : []),
      ],
    },
    ...(hasSingleKeys ? [{ title: 'On a tunnel', lines: tunnel }] : []),
    ...(canEdit ? [{ title: 'In a form', lines: [{ keys: [modKey, 'Enter'], does: 'Validate' }] }] : []),
  ]
}

const selecting = [
  { keys: ['Space'], does: 'Select the row, or leave it' },
  { keys: ['Shift', 'Space'], does: 'Select all rows from the last one to this one' },
]
