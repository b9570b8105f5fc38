import type { ReactNode } from 'react'
import type { ChangeKind } from '../lib/change-words.ts'
import { cx } from '../lib/cx.ts'

const diffWords: Record<ChangeKind, string> = { added: 'Added', removed: 'Removed', changed: 'Changed' }

interface DiffValueProps {
  kind: ChangeKind
  before: ReactNode
  after: ReactNode
  isMono?: boolean
}

const looks: Record<ChangeKind, string> = {
  added: 'bg-up-bg text-up-fg',
  removed: 'bg-unknown-bg text-unknown-fg',
  changed: 'bg-establishing-bg text-establishing-fg',
}

/** The word of the change; a screen reader and a grey print need it as much as the colour. */
export function DiffWord({ kind }: { kind: ChangeKind }) {
  return <span className={cx('rounded-s px-1.5 text-12 font-medium', looks[kind])}>{diffWords[kind]}</span>
}

/** A value before and after, in one line: "Changed Medium → High". */
export function DiffValue({ kind, before, after, isMono }: DiffValueProps) {
  const text = isMono ? 'mono' : 'text-13'
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <DiffWord kind={kind} />
      {kind !== 'added' && (
        <del className={cx(text, 'text-fg-2', kind === 'changed' && 'decoration-fg-3')}>{before}</del>
      )}
      {kind === 'changed' && (
        <span className="text-fg-3">
          <span aria-hidden>→</span>
          <span className="sr-only">to</span>
        </span>
      )}
      {kind !== 'removed' && <ins className={cx(text, 'font-medium no-underline')}>{after}</ins>}
    </span>
  )
}
