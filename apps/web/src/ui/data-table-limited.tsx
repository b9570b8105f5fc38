import { count, formatNumber } from '../lib/format.ts'
import { Button } from './button.tsx'
import { type BodyProps, bodyEntries, EntryRow, widthOf } from './data-table-body.tsx'

/** A page bears so many rows at once. */
const limitedRows = 300

/** The first rows of many, where what shows the others could not be loaded: ten thousand at once would stop the page. */
export function LimitedBody<Row>({ body, retry }: { body: BodyProps<Row>; retry: () => Promise<void> }) {
  const entries = bodyEntries(body)
  const rest = entries.length - limitedRows
  return (
    <tbody>
      {entries.slice(0, limitedRows).map((entry, index) => (
        <EntryRow key={entry.id} entry={entry} body={body} index={index} />
      ))}
      {rest > 0 && (
        <tr>
          <td colSpan={widthOf(body)} className="px-cell py-3">
            <span className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13 text-fg-2">
              The first {formatNumber(limitedRows)} are shown. What shows {count(rest, 'more row')} could not be loaded.
              Filter for them, or
              <Button size="small" onClick={() => void retry()}>
                Try again
              </Button>
            </span>
          </td>
        </tr>
      )}
    </tbody>
  )
}
