import type { ComponentProps, ReactNode } from 'react'
import { cx } from '../lib/cx.ts'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  label: ReactNode
  /** Keeps the label, which is text then, for screen readers only, as in a table's first column. */
  isLabelHidden?: boolean
  isIndeterminate?: boolean
}

/** The whole label is the target, at least 24 px high. */
export function Checkbox({ label, isLabelHidden, isIndeterminate = false, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx('inline-flex min-h-6 items-center gap-2.5 text-14 pointer-coarse:min-h-11', className)}>
      <input
        {...rest}
        type="checkbox"
        aria-label={isLabelHidden ? String(label) : undefined}
        ref={(node) => {
          if (node) node.indeterminate = isIndeterminate
        }}
        className="size-4 shrink-0 accent-accent"
      />
      {!isLabelHidden && <span>{label}</span>}
    </label>
  )
}
