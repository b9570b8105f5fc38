import { Search } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react'
import type { Command } from '../lib/commands.ts'
import { cx } from '../lib/cx.ts'
import { takeTyped } from '../lib/type-ahead.ts'
import { Dialog } from './dialog.tsx'

interface CommandPaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The commands for what is typed, in order, already filtered and grouped. */
  search: (query: string) => readonly Command[]
}

export function CommandPalette({ open, onOpenChange, search }: CommandPaletteProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Go to" size="medium" initialFocus={input}>
      <Palette search={search} input={input} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

interface PaletteProps {
  search: CommandPaletteProps['search']
  input: RefObject<HTMLInputElement | null>
  onDone: () => void
}

function Palette({ search, input, onDone }: PaletteProps) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const commands = search(query.trim())
  // Keys that were faster than the palette.
  const takeKeys = () => {
    const { text, isSent } = takeTyped()
    if (text === '' && !isSent) return
    setQuery(query + text)
    if (isSent) run(search((query + text).trim())[0])
  }
  const run = (command: Command | undefined) => {
    if (!command) return
    onDone()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') run(commands[active])
    if (event.key !== 'Enter' && move === undefined) return
    event.preventDefault()
    if (move !== undefined && commands.length > 0) setActive((active + move + commands.length) % commands.length)
  }
  return (
    <div className="-mx-2">
      <span className="relative block px-2 pb-2">
        <Search aria-hidden size={16} className="absolute top-[calc(var(--control)/2-8px)] left-5 text-fg-3" />
        <input
          ref={input}
          role="combobox"
          aria-label="Search tunnels, pages and actions"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={commands[active] && `${id}-${active}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Search tunnels, pages and actions"
          value={query}
          onFocus={takeKeys}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          className="h-control w-full rounded-m border border-control-line bg-surface pr-3 pl-9 text-14"
        />
      </span>
      <div id={id} role="listbox" aria-label="Results" className="max-h-[50dvh] overflow-y-auto px-2 pb-1">
        {commands.map((command, i) => (
          <Option
            key={command.id}
            id={`${id}-${i}`}
            command={command}
            heading={command.group === commands[i - 1]?.group ? undefined : command.group}
            isActive={i === active}
            onPoint={() => setActive(i)}
            onPick={() => run(command)}
          />
        ))}
      </div>
      <p role="status" className={commands.length === 0 ? 'px-3 pb-4 text-14 text-fg-2' : 'sr-only'}>
        {commands.length === 0 ? 'Nothing found' : `${commands.length} results`}
      </p>
    </div>
  )
}

interface OptionProps {
  id: string
  command: Command
  heading: string | undefined
  isActive: boolean
  onPoint: () => void
  onPick: () => void
}

function Option({ id, command, heading, isActive, onPoint, onPick }: OptionProps) {
  return (
    <>
      {heading && (
        <div role="presentation" className="px-2.5 pt-2 pb-1 text-12 text-fg-3">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the input, which keeps the focus */}
      <div
        id={id}
        ref={(node) => {
          if (isActive) node?.scrollIntoView({ block: 'nearest' })
        }}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        onPointerMove={onPoint}
        onClick={onPick}
        className={cx(
          'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-s px-2.5 text-14 pointer-coarse:min-h-11',
          isActive && 'bg-sunken outline-2 -outline-offset-2 outline-transparent',
        )}
      >
        {command.icon}
        <span className="min-w-0 flex-1 truncate">{command.label}</span>
        {command.hint && <span className="shrink-0 text-12 text-fg-3">{command.hint}</span>}
      </div>
    </>
  )
}
