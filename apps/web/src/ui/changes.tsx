import type { FieldChange } from '@tunnel-console/shared/diff'
import { isCompared } from '@tunnel-console/shared/words'
import { changeKind, changeWords } from '../lib/change-words.ts'
import { DiffValue } from './diff-value.tsx'

/** Fields with their values before and after, a line for each. */
export function Changes({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null
  return (
    <ul className="flex flex-col gap-1 py-1">
      {changes.map((change) => (
        <li key={change.path} className="flex flex-wrap items-center gap-x-2 [overflow-wrap:anywhere]">
          <span className="text-13 text-fg-2">{change.label}</span>
          <DiffValue kind={changeKind(change)} {...changeWords(change)} isMono={isCompared(change.path)} />
        </li>
      ))}
    </ul>
  )
}
