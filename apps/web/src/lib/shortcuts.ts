import { useLayoutEffect, useRef } from 'react'
import { createStore } from './store.ts'
import { store, stored } from './theme.ts'

const key = 'single-key-shortcuts'

/** Single keys can be switched off (WCAG 2.1.4). `Mod+K` always works. */
export const singleKeysOn = createStore(stored(key) !== 'off')

export function setSingleKeys(isOn: boolean): void {
  store(key, isOn ? 'on' : 'off')
  singleKeysOn.set(isOn)
}

/** `'Mod+k'`, a single key such as `'?'`, or two in a row such as `'g t'`. */
export type Shortcuts = Record<string, () => void>

/** Listens on the page for as long as the component lives. Single keys do nothing in a field or under a dialog. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  // The keyboard of the page is outside React. It is heard as soon as what it does is seen.
  useLayoutEffect(() => {
    let first = ''
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      // On Windows AltGr comes with Ctrl, and on many keyboards it is what types a bracket.
      const hasMod = event.metaKey || (event.ctrlKey && !event.getModifierState('AltGraph'))
      if (!hasMod && (isTyping(event.target) || !singleKeysOn.get() || hasOpenDialog())) return
      const name = hasMod ? `Mod+${event.key.toLowerCase()}` : event.key
      const run = latest.current[`${first} ${name}`] ?? latest.current[name]
      first = name
      setTimeout(() => {
        first = ''
      }, 1000)
      if (!run) return
      event.preventDefault()
      first = ''
      run()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest(closing) !== null) return false
  return target.closest('input, textarea, select, [contenteditable], [role=menu]') !== null
}

const hasOpenDialog = () =>
  [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].some((dialog) => !dialog.matches(closing))

/** A popup that has been closed stays in the page for some frames, with the focus in it: it must not swallow the next key. */
const closing = '[data-closed]'

/** What `/` does: focus on the page's filter, if it has one. */
export function focusPageFilter(): void {
  document.querySelector<HTMLElement>('[data-page-filter]')?.focus()
}
