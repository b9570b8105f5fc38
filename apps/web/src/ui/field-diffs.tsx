import type { FieldChange } from '@tunnel-console/shared/diff'
import { isCompared } from '@tunnel-console/shared/words'
import { changeKind, changeWords } from '../lib/change-words.ts'
import { DiffValue } from './diff-value.tsx'

/** Fields with what became of each, in words and side by side: for one entry or one pair of versions. */
export function FieldDiffs({ label, changes }: { label: string; changes: readonly FieldChange[] }) {
  return (
    <dl aria-label={label}>
      {changes.map((change) => (
        <div
          key={change.path}
          className="grid grid-cols-1 gap-x-6 border-b border-line py-1.5 last:border-b-0 sm:grid-cols-[minmax(9rem,14rem)_1fr]"
        >
          <dt className="text-13 text-fg-3">{change.label}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            <DiffValue kind={changeKind(change)} {...changeWords(change)} isMono={isCompared(change.path)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
