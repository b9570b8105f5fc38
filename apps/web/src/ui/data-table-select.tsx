import { type ChangeEvent, useRef } from 'react'
import { Checkbox } from './checkbox.tsx'
import type { Selection } from './data-table-kit.ts'

/** Selects or leaves one row; with `isRange`, all rows from the one that was pressed before. */
export type SelectRow = (id: string, isRange: boolean) => void

/** How rows are selected. A range goes by the order that is on the screen, and gives each row the state of the last. */
export function useSelectRow<Row>(selection: Selection<Row> | undefined, shown: () => readonly string[]): SelectRow {
  const anchor = useRef<string | null>(null)
  return (id, isRange) => {
    if (!selection) return
    const ids = new Set(selection.ids)
    const isOn = !ids.has(id)
    const touched = isRange && anchor.current !== null ? between(shown(), anchor.current, id) : [id]
    for (const one of touched) {
      if (isOn) ids.add(one)
      else ids.delete(one)
    }
    anchor.current = id
    selection.onChange(ids)
  }
}

/** Both ends included. An anchor that is not shown any more makes no range. */
function between(shown: readonly string[], from: string, to: string): readonly string[] {
  const ends = [shown.indexOf(from), shown.indexOf(to)]
  return ends.includes(-1) ? [to] : shown.slice(Math.min(...ends), Math.max(...ends) + 1)
}

interface SelectBoxProps {
  label: string
  isSelected: boolean
  isClosed: boolean
  onSelect: (isRange: boolean) => void
}

/** The whole cell is the target. */
export function SelectBox({ label, isSelected, isClosed, onSelect }: SelectBoxProps) {
  const change = ({ nativeEvent }: ChangeEvent<HTMLInputElement>) =>
    onSelect(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
  const state = { checked: isSelected, disabled: isClosed, onChange: change }
  return <Checkbox {...state} label={label} isLabelHidden className={cellWide} />
}

interface SelectShownProps<Row> {
  selection: Selection<Row>
  ids: readonly string[]
}

/** Selects or leaves what is shown. What a filter hides keeps its state. */
export function SelectShown<Row>({ selection, ids }: SelectShownProps<Row>) {
  const chosen = ids.filter((id) => selection.ids.has(id)).length
  const isAll = ids.length > 0 && chosen === ids.length
  const change = () => {
    const next = new Set(selection.ids)
    for (const id of ids) {
      if (isAll) next.delete(id)
      else next.add(id)
    }
    selection.onChange(next)
  }
  return (
    <Checkbox
      label={`Select all ${ids.length}`}
      isLabelHidden
      checked={isAll}
      isIndeterminate={chosen > 0 && !isAll}
      onChange={change}
      className={cellWide}
    />
  )
}

const cellWide = 'min-h-9 w-full justify-center'
