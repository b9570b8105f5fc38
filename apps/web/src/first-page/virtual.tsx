import { type BodyProps, EntryRow } from '../ui/data-table-body.tsx'
import { entriesOf } from '../ui/data-table-groups.tsx'

export { LongTableNote } from '../ui/data-table-virtual.tsx'

/** Stands in for the body that knows where it has been scrolled to: all that is there, from the top. */
export function VirtualBody<Row>(props: BodyProps<Row>) {
  return (
    <tbody>
      {entriesOf(props.table.rows, props.grouping).map((entry, index) => (
        <EntryRow key={entry.id} entry={entry} body={props} index={index} />
      ))}
    </tbody>
  )
}
