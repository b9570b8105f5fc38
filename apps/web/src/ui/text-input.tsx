import type { ComponentProps } from 'react'
import { cx } from '../lib/cx.ts'

/** The looks that all one-line controls share. */
export const controlClass =
  'w-full min-w-0 rounded-m border border-control-line bg-surface px-3 text-14 text-fg transition-colors duration-120 ' +
  'hover:border-fg-3 aria-invalid:border-danger aria-invalid:shadow-[0_0_0_1px_var(--danger-button)] ' +
  'disabled:bg-sunken disabled:text-fg-3'

/** A bare input, for places without react-hook-form. Give it a label yourself. */
export function TextInput({ isMono, className, ...rest }: ComponentProps<'input'> & { isMono?: boolean }) {
  return <input {...rest} className={cx(controlClass, 'h-control read-only:bg-sunken', isMono && 'mono', className)} />
}
