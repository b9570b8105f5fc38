import { Search, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { Kbd } from './kbd.tsx'
import { TextInput } from './text-input.tsx'

interface SearchFieldProps {
  /** The accessible name, such as "Filter tunnels". */
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  className?: string
  /** Shows the key that leads here, and marks the field for the `/` shortcut. */
  isPageFilter?: boolean
  /** Enter: to the first of what was found. */
  onEnter?: () => void
  /** Arrow down: into what was found. */
  onDown?: () => void
  /** The focus goes elsewhere, as it does before a press on a link. */
  onLeave?: () => void
  /** The focus comes. */
  onFocus?: (input: HTMLInputElement) => void
  /** The id of what tells more of it. */
  describedBy?: string | undefined
  /** What hangs below it, such as suggestions. */
  children?: ReactNode
}

export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, placeholder, className, isPageFilter = true } = props
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { Enter: props.onEnter, ArrowDown: props.onDown }[event.key]
    if (!act || event.nativeEvent.isComposing) return
    event.preventDefault()
    act()
  }
  return (
    <span className={cx('relative block', className)}>
      <Search aria-hidden size={16} className="absolute top-1/2 left-3 -translate-y-1/2 text-fg-3" />
      <TextInput
        type="search"
        aria-label={label}
        aria-keyshortcuts={isPageFilter ? '/' : undefined}
        data-page-filter={isPageFilter || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={(event) => props.onFocus?.(event.currentTarget)}
        onBlur={props.onLeave}
        aria-describedby={props.describedBy}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        className="pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden"
      />
      {value === '' && isPageFilter && (
        <span aria-hidden className="absolute top-1/2 right-2.5 -translate-y-1/2 pointer-coarse:hidden">
          <Kbd>/</Kbd>
        </span>
      )}
      {value !== '' && (
        <button
          type="button"
          aria-label="Clear"
          onClick={() => onChange('')}
          className="focus-inset absolute inset-y-px right-px flex w-9 items-center justify-center rounded-m text-fg-3 hover:text-fg"
        >
          <X aria-hidden size={16} />
        </button>
      )}
      {props.children}
    </span>
  )
}
