import type { FieldChange } from '@tunnel-console/shared/diff'
import { isCompared } from '@tunnel-console/shared/words'
import { changeWords } from '../lib/change-words.ts'
import { cx } from '../lib/cx.ts'

/** Fields with their values before and after, a line for each: for tables, where each row has some. */
export function Changes({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null
  return (
    <ul className="flex flex-col gap-0.5 py-1">
      {changes.map((change) => (
        <li key={change.path}>
          <Change change={change} />
        </li>
      ))}
    </ul>
  )
}

function Change({ change }: { change: FieldChange }) {
  const { before, after } = changeWords(change)
  const look = cx('[overflow-wrap:anywhere]', isCompared(change.path) ? 'mono' : 'text-13')
  return (
    <span className="text-13">
      <span className="text-fg-3">{change.label}: </span>
      <del className={cx(look, 'text-fg-2 no-underline')}>{before}</del>
      <span aria-hidden className="text-fg-3">
        {' → '}
      </span>
      <span className="sr-only"> to </span>
      <ins className={cx(look, 'font-medium no-underline')}>{after}</ins>
    </span>
  )
}
