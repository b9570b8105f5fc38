/** What was typed while the field that it was meant for was on its way. */
export interface TypedAhead {
  text: string
  /** Enter was pressed after it. */
  isSent: boolean
}

const waitMs = 10_000
let typed: TypedAhead | null = null
let stop = () => {}

/**
 * Keeps the keys from now on, wherever the focus is, until `takeTyped` asks for them. Escape, a press elsewhere or ten seconds
 * end it, so that a field that never comes takes no key for good.
 */
export function keepTyping(onEscape: () => void): void {
  stop()
  typed = { text: '', isSent: false }
  const end = () => stop()
  const timer = setTimeout(end, waitMs)
  const onKey = (event: KeyboardEvent) => {
    if (!typed || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target instanceof Element && event.target.matches('[role=combobox]')) return stop()
    if (event.key === 'Escape') {
      stop()
      onEscape()
    } else if (event.key === 'Enter') typed = { ...typed, isSent: true }
    else if (event.key === 'Backspace') typed = { ...typed, text: typed.text.slice(0, -1) }
    else if (event.key.length === 1) typed = { ...typed, text: typed.text + event.key }
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener('keydown', onKey, true)
  document.addEventListener('pointerdown', end, true)
  stop = () => {
    clearTimeout(timer)
    document.removeEventListener('keydown', onKey, true)
    document.removeEventListener('pointerdown', end, true)
    typed = null
    stop = () => {}
  }
}

/** What was typed ahead, once: the field has the focus now, and gets the keys itself. */
export function takeTyped(): TypedAhead {
  const taken = typed ?? { text: '', isSent: false }
  stop()
  return taken
}
