import {
  allKeys,
  type Suggestible,
  type Suggestion,
  suggestionsFor,
  wordAt,
} from '@tunnel-console/shared/filter-suggestions'
import { useEffect, useId, useRef, useState } from 'react'
import { cx } from '../../../lib/cx.ts'
import { announce } from '../../../ui/announcer.tsx'

export interface FilterSuggestionsProps {
  input: HTMLInputElement
  /** Called when there is something to type, and not at every poll. */
  known: () => Suggestible
  onChange: (text: string) => void
}

interface Offer {
  suggestions: Suggestion[]
  start: number
  end: number
}

const none: Offer = { suggestions: [], start: 0, end: 0 }

/**
 * Ways to go on with the filter at the cursor, below its field: arrows choose, Enter and Tab take, Escape puts away, Alt and
 * arrow down show every filter there is. The focus stays in the field (WAI-ARIA APG, listbox with `aria-activedescendant`).
 */
export function FilterSuggestions({ input, known, onChange }: FilterSuggestionsProps) {
  const id = useId()
  const [{ suggestions, ...place }, setOffer] = useState(none)
  const [active, setActive] = useState(-1)
  const offer = (next: Offer) => {
    setOffer(next)
    setActive(-1)
    if (next.suggestions.length > 0) announce(`${next.suggestions.length} suggestions, arrow down to choose`)
  }
  const take = ({ text, isWhole }: Suggestion) => {
    const { value } = input
    const filled = `${value.slice(0, place.start)}${text}${isWhole ? ' ' : ''}`
    onChange(filled + value.slice(place.end).trimStart())
    const next = isWhole ? [] : suggestionsFor(text, known())
    offer({ suggestions: next, start: place.start, end: place.start + text.length })
  }
  const onKey = (event: KeyboardEvent): void => {
    const isOpen = suggestions.length > 0 || (event.altKey && event.key === 'ArrowDown')
    if (event.isComposing || !isOpen || !act(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  /** Whether the key means something here; what does not goes on to the field. */
  const act = (key: string): boolean => {
    const count = suggestions.length
    const chosen = suggestions[active]
    if (key === 'ArrowDown' && count === 0) offer(everything(input, known()))
    else if (key === 'ArrowDown') setActive((active + 1) % count)
    else if (key === 'ArrowUp') setActive(active <= 0 ? count - 1 : active - 1)
    else if (key === 'Escape') offer(none)
    else if (chosen && (key === 'Enter' || key === 'Tab')) take(chosen)
    else return false
    return true
  }
  const onInput = () => offer(offerAt(input, known()))
  useListeners(input, { keydown: onKey, input: onInput, blur: () => offer(none) })
  useTold(input, id, suggestions.length > 0, suggestions[active] ? `${id}-${active}` : null)
  if (suggestions.length === 0) return null
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggested filters"
      className="appear absolute top-full left-0 z-40 mt-1 max-h-72 w-full min-w-72 overflow-y-auto rounded-m border border-line bg-surface p-1 shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field, which keeps the focus
        <div
          key={suggestion.text}
          id={`${id}-${index}`}
          ref={(node) => {
            if (index === active) node?.scrollIntoView({ block: 'nearest' })
          }}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The field would lose the focus, and the list would be gone before the press is done.
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => setActive(index)}
          onClick={() => take(suggestion)}
          className={cx(
            'flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-s px-2.5 text-13 pointer-coarse:min-h-11',
            index === active && 'bg-sunken outline-2 -outline-offset-2 outline-transparent',
          )}
        >
          <span className="mono">{suggestion.text}</span>
          <span className="text-12 text-fg-3">{suggestion.hint}</span>
        </div>
      ))}
    </div>
  )
}

function offerAt(input: HTMLInputElement, known: Suggestible): Offer {
  const { word, start, end } = wordAt(input.value, input.selectionStart ?? input.value.length)
  return { suggestions: suggestionsFor(word, known), start, end }
}

/** Every filter, or every value of the one at the cursor. */
function everything(input: HTMLInputElement, known: Suggestible): Offer {
  const offer = offerAt(input, known)
  const at = input.selectionStart ?? input.value.length
  return offer.suggestions.length > 0 ? offer : { suggestions: allKeys(known), start: at, end: at }
}

type Listeners = { keydown: (event: KeyboardEvent) => void; input: () => void; blur: () => void }

/** The field is there before this part, and its own keys come after these. */
function useListeners(input: HTMLInputElement, listeners: Listeners): void {
  const latest = useRef(listeners)
  latest.current = listeners
  // The field is drawn by another component.
  useEffect(() => {
    const stop = new AbortController()
    const options = { capture: true, signal: stop.signal }
    input.addEventListener('keydown', (event) => latest.current.keydown(event), options)
    // After React has heard of it: the text is what it will be.
    input.addEventListener('input', () => latest.current.input(), { signal: stop.signal })
    input.addEventListener('blur', () => latest.current.blur(), options)
    return () => stop.abort()
  }, [input])
}

function useTold(input: HTMLInputElement, list: string, isOpen: boolean, active: string | null): void {
  // The field is drawn by another component.
  useEffect(() => {
    input.setAttribute('aria-autocomplete', 'list')
    const attributes = { 'aria-controls': isOpen ? list : null, 'aria-activedescendant': active }
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) input.removeAttribute(name)
      else input.setAttribute(name, value)
    }
  }, [input, list, isOpen, active])
}
