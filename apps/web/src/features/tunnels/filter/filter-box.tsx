import type { FilterTerm } from '@tunnel-console/shared/filter'
import type { Suggestible } from '@tunnel-console/shared/filter-suggestions'
import { type ReactNode, useId, useRef, useState } from 'react'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { SearchField } from '../../../ui/search-field.tsx'

// Without them the text filters all the same.
const Chips = lazyPart(async () => (await import('./filter-chips.tsx')).FilterChips, { Missing: () => null })
const Suggestions = lazyPart(async () => (await import('./filter-suggestions.tsx')).FilterSuggestions, {
  Missing: () => null,
})

interface FilterBoxProps {
  text: string
  terms: readonly FilterTerm[]
  canSeeKeys: boolean
  /** Asked for when there is something to suggest. */
  known: () => Suggestible
  onChange: (text: string) => void
  onEnter: () => void
  onDown: () => void
  onLeave: () => void
  /** What filters besides the text, beside it. */
  children: ReactNode
}

/** The text that filters the list; what of it is a filter of its own stands below as chips. */
export function FilterBox({ text, terms, canSeeKeys, known, children, ...rest }: FilterBoxProps) {
  const problemId = useId()
  const box = useRef<HTMLDivElement>(null)
  const [input, setInput] = useState<HTMLInputElement | null>(null)
  return (
    <>
      <div ref={box} className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-3">
        <SearchField
          {...rest}
          label="Filter tunnels"
          value={text}
          placeholder="Name, address, state:down"
          describedBy={terms.length > 0 ? problemId : undefined}
          // Whoever comes here is about to type.
          onFocus={setInput}
          className="w-full md:w-80"
        >
          {input && <Suggestions input={input} known={known} onChange={rest.onChange} />}
        </SearchField>
        {children}
      </div>
      {terms.length > 0 && (
        <Chips
          id={problemId}
          query={text}
          terms={terms}
          canSeeKeys={canSeeKeys}
          onChange={rest.onChange}
          onRemoved={() => box.current?.querySelector('input')?.focus()}
        />
      )}
    </>
  )
}
