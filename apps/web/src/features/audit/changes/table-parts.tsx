import type { ReactNode } from 'react'
import { cx } from '../../../lib/cx.ts'
import { utcTime } from '../../../lib/exact-times.ts'
import { TimeAgo } from '../../../ui/time-ago.tsx'

/** The id of the link or button of a row, for the focus to go to. */
export const rowLinkId = (id: string) => `entry-${id}`

/** A row of the table; the one that was chosen on the axis is tinted. */
export function Row({ isSelected, children }: { isSelected: boolean; children: ReactNode }) {
  return (
    <tr
      className={cx(
        'border-b border-line last:border-0 max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:gap-y-1 max-md:px-3 max-md:py-2',
        isSelected ? 'bg-establishing-bg' : 'hover:bg-canvas',
      )}
    >
      {children}
    </tr>
  )
}

/** On a phone the cells flow; a wide one has a line of its own. */
export function Cell({ children, isWide = false }: { children: ReactNode; isWide?: boolean }) {
  return (
    <td
      className={cx(
        'px-cell py-2 align-middle [overflow-wrap:anywhere] max-md:block max-md:p-0',
        isWide && 'min-w-28 max-md:w-full max-md:min-w-0',
      )}
    >
      {children}
    </td>
  )
}

/** What leads on: one word, which the words beside it must not break. */
export function LinkCell({ children }: { children: ReactNode }) {
  return <td className="px-cell py-2 align-middle whitespace-nowrap max-md:block max-md:p-0">{children}</td>
}

export function TimeCell({ at }: { at: string }) {
  return (
    <Cell isWide>
      <TimeAgo at={at} />
      <span className="nums block text-12 whitespace-nowrap text-fg-2 max-md:inline max-md:before:content-['_']">
        {utcTime(new Date(at))}
      </span>
    </Cell>
  )
}
