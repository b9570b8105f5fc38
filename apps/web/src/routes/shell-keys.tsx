import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Keyboard, Search } from 'lucide-react'
import { useState } from 'react'
import { focusPageFilter, useShortcuts } from '../lib/shortcuts.ts'
import { keepTyping } from '../lib/type-ahead.ts'
import { announce } from '../ui/announcer.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Kbd, modKey } from '../ui/kbd.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'
import { ShellRest } from './shell-rest-slot.tsx'
import { usePages } from './use-pages.ts'

const ShellDialogs = lazyPart(async () => (await import('./shell-dialogs.tsx')).ShellDialogs, {
  Missing: ({ retry, props }) => props.open && <PartMissing retry={retry} look="card" onClose={props.onClose} />,
})

/** The palette, the help, and the keys that open them. */
export function ShellKeys() {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  const pages = usePages()
  const router = useRouter()
  const client = useQueryClient()
  const show = (which: 'palette' | 'help') => {
    if (which === 'palette' && open !== 'palette') keepTyping(() => setOpen(null))
    setWasOpen(true)
    void ShellRest.preload()
    setOpen(which)
  }
  const goTo = (path: string) => void router.navigate({ to: path })
  const refresh = () => {
    announce('Refreshing')
    void client.invalidateQueries()
  }
  useShortcuts({
    'Mod+k': () => show('palette'),
    '?': () => show('help'),
    '/': focusPageFilter,
    r: refresh,
    ...Object.fromEntries(pages.map(({ path, key }) => [`g ${key}`, () => goTo(path)])),
  })
  return (
    <>
      <Button size="small" className="text-fg-3! max-md:hidden" onClick={() => show('palette')}>
        <Search aria-hidden size={14} />
        Go to
        <span aria-hidden className="ml-2 flex gap-0.5 max-[96rem]:group-has-data-job/right:hidden">
          <Kbd>{modKey}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </Button>
      <IconButton
        label="Go to"
        className="md:hidden"
        icon={<Search aria-hidden size={18} />}
        onClick={() => show('palette')}
      />
      <IconButton
        label="Keyboard shortcuts"
        className="max-md:hidden pointer-coarse:hidden"
        icon={<Keyboard aria-hidden size={18} />}
        onClick={() => show('help')}
      />
      {wasOpen && <ShellDialogs open={open} onClose={() => setOpen(null)} />}
    </>
  )
}
