import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Keyboard, Search } from 'lucide-react'
import { useState } from 'react'
import { commandSources } from '../lib/commands.ts'
import { focusPageFilter, setSingleKeys, singleKeysOn, useShortcuts } from '../lib/shortcuts.ts'
import { useStore } from '../lib/store.ts'
import { announce } from '../ui/announcer.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { type Command, CommandPalette } from '../ui/command-palette.tsx'
import { Kbd, modKey } from '../ui/kbd.tsx'
import { ShortcutsHelp } from '../ui/shortcuts-help.tsx'
import { usePages } from './use-pages.ts'

/** The palette, the help, and the keys that open them. */
export function ShellKeys() {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const pages = usePages()
  const router = useRouter()
  const client = useQueryClient()
  const sources = useStore(commandSources)
  const isSingleKeyOn = useStore(singleKeysOn)
  const goTo = (path: string) => void router.navigate({ to: path })
  const refresh = () => {
    announce('Refreshing')
    void client.invalidateQueries()
  }
  useShortcuts({
    'Mod+k': () => setOpen('palette'),
    '?': () => setOpen('help'),
    '/': focusPageFilter,
    r: refresh,
    ...Object.fromEntries(pages.map(({ path, key }) => [`g ${key}`, () => goTo(path)])),
  })
  const search = (query: string): readonly Command[] => {
    const own = pages.map(({ path, label, key }) => ({
      id: path,
      label,
      group: 'Pages',
      hint: `g ${key}`,
      run: () => goTo(path),
    }))
    const words = query.toLowerCase()
    return [
      ...own.filter(({ label }) => label.toLowerCase().includes(words)),
      ...sources.flatMap((source) => source(query)),
    ]
  }
  return (
    <>
      <Button size="small" className="hidden text-fg-3! md:inline-flex" onClick={() => setOpen('palette')}>
        <Search aria-hidden size={14} />
        Go to
        <span aria-hidden className="ml-2 flex gap-0.5">
          <Kbd>{modKey}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </Button>
      <IconButton
        label="Go to"
        className="md:hidden!"
        icon={<Search aria-hidden size={18} />}
        onClick={() => setOpen('palette')}
      />
      <IconButton
        label="Keyboard shortcuts"
        className="pointer-coarse:hidden!"
        icon={<Keyboard aria-hidden size={18} />}
        onClick={() => setOpen('help')}
      />
      <CommandPalette open={open === 'palette'} onOpenChange={() => setOpen(null)} search={search} />
      <ShortcutsHelp
        open={open === 'help'}
        onOpenChange={() => setOpen(null)}
        groups={helpGroups(pages)}
        isSingleKeyOn={isSingleKeyOn}
        onSingleKeyChange={setSingleKeys}
      />
    </>
  )
}

const helpGroups = (pages: readonly { label: string; key: string }[]) => [
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
      { keys: ['x'], does: 'Select the row' },
      { keys: ['Enter'], does: 'Open the row' },
      { keys: ['e'], does: 'Edit the row' },
    ],
  },
  { title: 'In a form', lines: [{ keys: [modKey, 'Enter'], does: 'Validate' }] },
]
