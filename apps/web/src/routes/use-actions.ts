import { useRouter } from '@tanstack/react-router'
import { useCan } from '../data/session.ts'
import type { Command } from '../lib/commands.ts'
import { useStore } from '../lib/store.ts'
import { setTheme, type Theme, theme } from '../lib/theme.ts'
import { setTimesInUtc, timesInUtc } from '../lib/times-in-utc.ts'

const themeWords: Record<Theme, string> = { system: 'like the system', light: 'light', dark: 'dark' }

/** What the palette does besides going somewhere. */
export function useActions(): readonly Command[] {
  const router = useRouter()
  const canCreate = useCan('tunnel.create')
  const isUtc = useStore(timesInUtc)
  const current = useStore(theme)
  const others = (Object.keys(themeWords) as Theme[]).filter((name) => name !== current)
  const group = 'Actions'
  return [
    ...(canCreate
      ? [
          {
            id: 'create',
            label: 'Create tunnel',
            keywords: 'new add',
            group,
            run: () => void router.navigate({ to: '/tunnels/new' }),
          },
        ]
      : []),
    {
      id: 'wall',
      label: 'Show the wall',
      keywords: 'status screen noc',
      group,
      run: () => void router.navigate({ to: '/wall' }),
    },
    {
      id: 'utc',
      label: isUtc ? 'Show local times' : 'Show times in UTC',
      keywords: 'utc local time zone clock',
      group,
      run: () => setTimesInUtc(!isUtc),
    },
    ...others.map((name) => ({
      id: `theme-${name}`,
      label: `Theme: ${themeWords[name]}`,
      keywords: 'appearance colours mode',
      group,
      run: () => setTheme(name),
    })),
  ]
}
