import { type FilterTerm, termText, withTerm } from '@tunnel-console/shared/filter'
import { X } from 'lucide-react'
import { cx } from '../../../lib/cx.ts'
import { useAnnounceChange } from '../../../ui/announcer.tsx'

export interface FilterChipsProps {
  /** Of the element that tells what is wrong, for the field's description. */
  id: string
  query: string
  terms: readonly FilterTerm[]
  canSeeKeys: boolean
  onChange: (query: string) => void
  /** A chip is gone, and the focus with it. */
  onRemoved: () => void
}

const words: Record<FilterTerm['key'], string> = {
  state: 'State',
  bgp: 'BGP',
  affects: 'Affects traffic',
  site: 'Site',
  since: 'Since',
  changed: 'Changed',
  key: 'Key age',
  replay: 'Replay protection',
}

const noKeys = 'How old keys are is not shown to support, so this finds nothing.'

/** Each `key:value` of the filter as a chip, which turns it around or takes it out of the text. */
export function FilterChips({ id, query, terms, canSeeKeys, onChange, onRemoved }: FilterChipsProps) {
  const problems = terms.flatMap((term) => problemOf(term, canSeeKeys) ?? [])
  useAnnounceChange(problems.join(' '), 1000)
  return (
    <div className="-mt-1 mb-3">
      <ul aria-label="Filters" className="flex flex-wrap gap-2">
        {terms.map((term) => (
          <Chip
            key={`${term.start} ${term.key}`}
            term={term}
            isWrong={problemOf(term, canSeeKeys) !== null}
            onChange={(text) => {
              onChange(withTerm(query, term, text))
              if (text === '') onRemoved()
            }}
          />
        ))}
      </ul>
      <div id={id} className="text-13 text-danger">
        {problems.map((problem) => (
          <p key={problem} className="mt-1.5">
            {problem}
          </p>
        ))}
      </div>
    </div>
  )
}

function problemOf({ key, problem }: FilterTerm, canSeeKeys: boolean): string | null {
  return problem ?? (key === 'key' && !canSeeKeys ? noKeys : null)
}

function Chip(props: { term: FilterTerm; isWrong: boolean; onChange: (text: string) => void }) {
  const { term, isWrong, onChange } = props
  const { key, isNot, value, isOpen } = term
  const verb = isNot ? 'is not' : 'is'
  const shown = isOpen ? `${value}…` : value.replaceAll(',', ' or ')
  return (
    <li
      className={cx(
        'inline-flex min-h-7 max-w-full items-stretch rounded-m border bg-surface text-13',
        isWrong ? 'border-danger' : 'border-control-line',
      )}
    >
      <span className="py-1 pl-2 text-fg-2">{words[key]}</span>
      <button
        type="button"
        aria-label={`${words[key]} ${verb} ${shown}: turn into ${isNot ? 'is' : 'is not'}`}
        onClick={() => onChange(termText({ ...term, isNot: !isNot }))}
        className="focus-inset mx-0.5 min-w-6 rounded-s px-1 underline decoration-dotted underline-offset-3 hover:bg-sunken pointer-coarse:min-w-11"
      >
        {verb}
      </button>
      <span className={cx('min-w-0 truncate py-1 font-medium', isWrong && 'line-through')}>{shown}</span>
      <button
        type="button"
        aria-label={`Remove filter: ${words[key]} ${verb} ${shown}`}
        onClick={() => onChange('')}
        className="focus-inset ml-1 flex min-w-7 items-center justify-center rounded-r-m text-fg-3 hover:text-fg pointer-coarse:min-w-11"
      >
        <X aria-hidden size={14} />
      </button>
    </li>
  )
}
