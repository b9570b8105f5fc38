import { useState } from 'react'
import { statusQuery } from '../../../data/status.ts'
import { count } from '../../../lib/format.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { announce } from '../../../ui/announcer.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuSwitch } from '../../../ui/menu.tsx'
import { columnWords } from '../column-words.ts'
import { columnIds, type Density, defaultLooks, type ListLooks, type Person } from '../list-looks.ts'
import type { TunnelRow } from '../tunnel-rows.ts'
import { searchOf, type TunnelView, viewOf } from '../tunnel-view.ts'
import { listCsv } from './list-csv.ts'
import { type SavedView, useSavedViews } from './saved-views.ts'
import { ToolButton, type ToolName } from './tool-button.tsx'
import { ViewsDialog } from './views-dialog.tsx'

export interface ListToolsProps {
  person: Person
  looks: ListLooks
  view: TunnelView
  /** The shown rows, in their order. */
  rows: readonly TunnelRow[]
  startsOpen: ToolName | null
  onLooks: (looks: ListLooks) => void
  onView: (view: TunnelView) => void
}

/** How the list is looked at: its columns, its rows, and views of both under a name. */
export function ListTools(props: ListToolsProps) {
  return (
    <>
      <ColumnsMenu {...props} />
      <ViewsMenu {...props} />
    </>
  )
}

/** When the states were read. It changes with every poll, so it is asked for and not watched. */
const statusAt = (): string | null => queryClient.getQueryData(statusQuery().queryKey)?.fetchedAt ?? null

const densities: { value: Density; label: string }[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
]

function ColumnsMenu({ person, looks, view, rows, startsOpen, onLooks, onView }: ListToolsProps) {
  const { columns, density } = looks
  const offered = columnIds.filter((id) => person.canRead || id !== 'key')
  const turn = (name: (typeof columnIds)[number], isShown: boolean) =>
    onLooks({ ...looks, columns: columnIds.filter((id) => (id === name ? isShown : columns.includes(id))) })
  const save = () => {
    const name = 'tunnel-list.csv'
    saveFile(new Blob([listCsv(rows, columns, statusAt())], { type: 'text/csv;charset=utf-8' }), name)
    announce(`${count(rows.length, 'tunnel')} saved as ${name}`)
  }
  return (
    <Menu align="start" startsOpen={startsOpen === 'Columns'} trigger={<ToolButton name="Columns" />}>
      {offered.map((id) => (
        <MenuSwitch key={id} checked={columns.includes(id)} onChange={(isShown) => turn(id, isShown)}>
          {columnWords[id]}
        </MenuSwitch>
      ))}
      <MenuItem onSelect={() => onLooks(defaultLooks(person))}>
        <span className="pl-6.5">As at first</span>
      </MenuItem>
      <MenuSeparator />
      <MenuSwitch checked={view.isBySite} onChange={(isBySite) => onView({ ...view, isBySite })}>
        Group by site
      </MenuSwitch>
      <MenuSeparator />
      <MenuChoice
        label="Rows"
        value={density}
        options={densities}
        onChange={(next) => onLooks({ ...looks, density: next })}
      />
      <MenuSeparator />
      <MenuItem onSelect={save}>Save what is shown as CSV</MenuItem>
    </Menu>
  )
}

function ViewsMenu({ person, looks, view, startsOpen, onLooks, onView }: ListToolsProps) {
  const views = useSavedViews(person)
  const [isOpen, setOpen] = useState(false)
  const show = ({ name, search, looks: kept }: SavedView) => {
    onView(viewOf({ ...search }))
    onLooks(kept)
    announce(`View ${name}`)
  }
  return (
    <>
      <Menu align="start" startsOpen={startsOpen === 'Views'} trigger={<ToolButton name="Views" />}>
        {views.map((saved) => (
          <MenuItem key={saved.name} onSelect={() => show(saved)}>
            <span className="max-w-72 truncate">{saved.name}</span>
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
        <MenuItem onSelect={() => setOpen(true)}>
          {views.length > 0 ? 'Save or remove views…' : 'Save this view…'}
        </MenuItem>
      </Menu>
      {isOpen && (
        <ViewsDialog
          person={person}
          views={views}
          now={{ search: searchOf(view), looks }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
