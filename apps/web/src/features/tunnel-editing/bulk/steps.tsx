import { cx } from '../../../lib/cx.ts'
import { type BulkStep, bulkSteps } from './use-bulk-edit.ts'

const words: Record<BulkStep, string> = { choose: 'Choose', 'dry-run': 'Dry run', apply: 'Apply' }

/** Where one is. */
export function Steps({ step }: { step: BulkStep }) {
  return (
    <ol aria-label="Steps" className="mb-5 flex flex-wrap gap-x-6 gap-y-1 text-13">
      {bulkSteps.map((name, index) => (
        <li
          key={name}
          aria-current={name === step ? 'step' : undefined}
          className={cx('flex items-center gap-2', name === step ? 'font-medium text-fg' : 'text-fg-3')}
        >
          <span className="nums inline-flex size-5 items-center justify-center rounded-s border border-current text-12">
            {index + 1}
          </span>
          {words[name]}
        </li>
      ))}
    </ol>
  )
}
