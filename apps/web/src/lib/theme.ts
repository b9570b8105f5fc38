import { createStore } from './store.ts'

const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'theme'
/** What this browser was told to remember. */
const chosen = new Map<string, string>()
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

export const theme = createStore<Theme>(themes.find((name) => name === stored(key)) ?? 'system')

/** `localStorage` throws where the browser blocks it. */
export function stored(name: string): string | null {
  try {
    const value = localStorage.getItem(name)
    if (value !== null) chosen.set(name, value)
    return value
  } catch {
    return null
  }
}

export function store(name: string, value: string): void {
  chosen.set(name, value)
  try {
    localStorage.setItem(name, value)
  } catch {
    // Not remembered, but it works for this page.
  }
}

export function setTheme(choice: Theme): void {
  store(key, choice)
  theme.set(choice)
}

/** Signing out clears the site's storage; how a person likes the page is not part of the session. */
export function keepPreferences(): void {
  for (const [name, value] of chosen) store(name, value)
}

/** `public/first.js` has set the first one, before the first paint; this follows what changes later. */
export function followTheme(): void {
  const apply = () => {
    const isDark = theme.get() === 'dark' || (theme.get() === 'system' && systemIsDark.matches)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  }
  theme.subscribe(apply)
  systemIsDark.addEventListener('change', apply)
  addEventListener('storage', (event) => {
    if (event.key === key) theme.set(themes.find((name) => name === event.newValue) ?? 'system')
  })
  apply()
}
