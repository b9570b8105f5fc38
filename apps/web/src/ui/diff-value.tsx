import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'

export type DiffKind = 'added' | 'removed' | 'changed'

const diffWords: Record<DiffKind, string> = { added: 'Added', removed: 'Removed', changed: 'Changed' }

interface DiffValueProps {
  kind: DiffKind
  /** Empty values read "not set". */
  before?: ReactNode
  after?: ReactNode
  isMono?: boolean
}

const looks: Record<DiffKind, string> = {
  added: 'bg-up-bg text-up-fg',
  removed: 'bg-unknown-bg text-unknown-fg',
  changed: 'bg-establishing-bg text-establishing-fg',
}

/** The word of the change; a screen reader and a grey print need it as much as the colour. */
export function DiffWord({ kind }: { kind: DiffKind }) {
  return <span className={cx('rounded-s px-1.5 text-12 font-medium', looks[kind])}>{diffWords[kind]}</span>
}

/** A value before and after, in one line: "Changed mid → high". */
export function DiffValue({ kind, before, after, isMono }: DiffValueProps) {
  const text = isMono ? 'mono' : 'text-13'
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <DiffWord kind={kind} />
      {kind !== 'added' && (
        <del className={cx(text, 'text-fg-2', kind === 'changed' && 'decoration-fg-3')}>{before || 'not set'}</del>
      )}
      {kind === 'changed' && (
        <span className="text-fg-3">
          <span aria-hidden>→</span>
          <span className="sr-only">to</span>
        </span>
      )}
      {kind !== 'removed' && <ins className={cx(text, 'font-medium no-underline')}>{after || 'not set'}</ins>}
    </span>
  )
}
