import { count, formatNumber } from '../../lib/format.ts'
import { useAnnounceChange } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'

/** What can be done with many tunnels. What a person may not do is not among it. */
export interface ManyActions {
  onEdit: (ids: readonly string[]) => void
  onPlanWork?: (ids: readonly string[]) => void
  onRotateKeys?: ((ids: readonly string[]) => void) | undefined
  onDelete?: ((ids: readonly string[]) => void) | undefined
}

export interface Selected {
  /** In the order of the list. */
  ids: readonly string[]
  /** How many of them a filter hides. */
  hidden: number
  onClear: () => void
}

/** Above the rows, where it hides none. */
export function SelectionBar({ ids, hidden, actions, onClear }: Selected & { actions: ManyActions }) {
  const words = ids.length === 0 ? 'Nothing selected' : `${formatNumber(ids.length)} selected`
  useAnnounceChange(words, 1000)
  if (ids.length === 0) return null
  return (
    <section
      aria-label="Selected tunnels"
      className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-m bg-establishing-bg px-3 py-2 text-13 text-establishing-fg"
    >
      <span className="nums font-medium">{words}</span>
      {hidden > 0 && <span>{count(hidden, 'of them is', 'of them are')} not shown by the filter</span>}
      <span className="ml-auto flex flex-wrap gap-2">
        <Button size="small" kind="primary" onClick={() => actions.onEdit(ids)}>
          Edit {formatNumber(ids.length)}
        </Button>
        {actions.onRotateKeys && (
          <Button size="small" onClick={() => actions.onRotateKeys?.(ids)}>
            Rotate keys
          </Button>
        )}
        {actions.onPlanWork && (
          <Button size="small" onClick={() => actions.onPlanWork?.(ids)}>
            Plan work
          </Button>
        )}
        {actions.onDelete && (
          <Button size="small" onClick={() => actions.onDelete?.(ids)}>
            Delete…
          </Button>
        )}
        <Button size="small" onClick={onClear}>
          Clear
        </Button>
      </span>
    </section>
  )
}
