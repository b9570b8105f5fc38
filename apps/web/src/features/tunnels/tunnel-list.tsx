import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
} from 'react'
import { count, formatNumber } from '../../lib/format.ts'
import { useIsNarrow } from '../../lib/use-media.ts'
import { useAnnounceChange } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { FilterBox } from './filter/filter-box.tsx'
import { useFound } from './filter/found.ts'
import { rowFilter, useLanguage, useReadable } from './filter/language.ts'
import { type Person, setListLooks, useListLooks } from './list-looks.ts'
import { useKeepOrder } from './list-order.ts'
import { OverviewSlot } from './overview/overview-slot.tsx'
import type { Selected } from './selection-bar.tsx'
import { useSites } from './sites.ts'
import { StateCounters } from './state-counters.tsx'
import { ToolsSlot } from './tools/tools-slot.tsx'
import { columnsFor } from './tunnel-columns.tsx'
import { TunnelCompact } from './tunnel-compact.tsx'
import { countStates, inOrder, placesOf, rowsByName, type TunnelRow } from './tunnel-rows.ts'
import { type SortKey, searchOf, type TunnelView } from './tunnel-view.ts'
import { useHeldRows } from './use-held-rows.ts'
import { useSelection } from './use-selection.ts'
import { useTypedText } from './use-typed-text.ts'

// It only tells what changes later.
const StateNews = lazyPart(async () => (await import('./list-rest.tsx')).StateNews, { Missing: () => null })

export interface TunnelListProps {
  tunnels: readonly VisibleTunnel[]
  statuses: Record<string, TunnelStatus>
  /** The status is too old to be told as news. */
  isOld: boolean
  /** Whose looks, views and news these are. */
  person: Person
  view: TunnelView
  /** `replace` for what should not become a step of the Back button. */
  onViewChange: (view: TunnelView, options?: { replace: boolean }) => void
  onOpen: (row: TunnelRow) => void
  onEdit?: ((row: TunnelRow) => void) | undefined
  /** What can be done with the selected, above the rows. Rows are selected for it, and not without it. */
  many?: ((selected: Selected) => ReactNode) | undefined
  /** What can be done with the rows that the filter lets through. */
  afterSummary?: ((rows: readonly TunnelRow[]) => ReactNode) | undefined
}

export function TunnelList(props: TunnelListProps) {
  const { tunnels, statuses, isOld, person, view, onViewChange, onOpen, onEdit, many } = props
  const [text, setText, writeNow] = useTypedText(view.q, (q) => onViewChange({ ...view, q }, { replace: true }))
  const all = useRowsByName(tunnels, statuses, isOld)
  const { siteOf, group } = useSites()
  const language = useLanguage(text)
  const query = useReadable(useDeferredValue(text), language)
  const minute = useMinute(isAged.test(query))
  const world = useMemo(() => ({ now: new Date(minute), siteOf }), [minute, siteOf])
  const sites = useMemo(() => {
    let known: string[] | undefined
    return () => (known ??= [...new Set(all.map(({ tunnel }) => siteOf(tunnel.name)))])
  }, [all, siteOf])
  const { terms, matches } = useMemo(() => rowFilter(query, language, world), [query, language, world])
  const { states, sort, dir, isBySite } = view
  // What a filter leaves is in order already, so that no key sorts.
  const ordered = useMemo(() => inOrder(all, { sort, dir }), [all, sort, dir])
  const found = useFound(ordered, query, matches)
  const counts = useMemo(() => countStates(found), [found])
  const present = useMemo(() => countStates(all), [all])
  const looks = useListLooks(person)
  const wanted = useMemo(() => {
    const chosen = states.length === 0 ? found : found.filter(({ status }) => states.includes(status.state))
    return isBySite && group ? group.bySite(chosen, siteOf) : chosen
  }, [found, states, isBySite, siteOf, group])
  const zone = useHoldZone()
  const viewKey = JSON.stringify(searchOf({ ...view, q: query }))
  const { rows, changed, release } = useHeldRows(wanted, all, sort, viewKey, zone.isHeld)
  const grouping = useMemo(
    () => (isBySite ? group?.siteGrouping(rows, siteOf) : undefined),
    [isBySite, group, rows, siteOf],
  )
  const isWhole = useIsWhole(rows.length)
  const chosen = useSelection(all, rows)
  useKeepOrder(rows, viewKey)
  // What is typed, and not what was found a moment ago.
  const openFirst = () => {
    const isWanted = ({ status }: TunnelRow) => states.length === 0 || states.includes(status.state)
    const { matches: fits } = rowFilter(text, language, world)
    const first = ordered.find((row) => isWanted(row) && (fits?.(row) ?? true))
    if (!first || text.trim() === '') return
    writeNow()
    onOpen(first)
  }
  const intoRows = () => zone.ref.current?.querySelector<HTMLElement>('tbody [tabindex="0"]')?.focus()
  const total = all.length
  const summary =
    wanted.length === total ? count(total, 'tunnel') : `${formatNumber(wanted.length)} of ${count(total, 'tunnel')}`
  useAnnounceChange(summary, 1000)
  const typed = useRef(text)
  typed.current = text
  const clear = useCallback(() => {
    setText('')
    onViewChange({ ...view, q: '', states: [] })
  }, [view, onViewChange, setText])
  const resort = () => {
    release()
    zone.ref.current?.querySelector<HTMLElement>('[data-scroller], section[tabindex="0"]')?.focus()
  }
  const { afterSummary } = props
  const after = useMemo(() => rows.length > 0 && afterSummary?.(rows), [rows, afterSummary])
  const { selection } = chosen
  // The same element as long as it says the same: a key that finds nothing new draws nothing of it anew.
  const table = useMemo(
    () => (
      <DataTable
        caption="IPsec tunnels"
        columns={columnsFor(looks.columns)}
        rows={isWhole ? rows : rows.slice(0, rowsAtOnce)}
        rowId={rowId}
        rowHeight={looks.density === 'compact' ? 'row' : 'two-line'}
        grouping={grouping}
        isSortedOutside
        sorting={[{ id: view.sort, desc: view.dir === 'desc' }]}
        onSortingChange={([next]) =>
          next && onViewChange({ ...view, q: typed.current, sort: next.id as SortKey, dir: next.desc ? 'desc' : 'asc' })
        }
        compact={compactRow}
        rowKeys={onEdit && { e: onEdit }}
        {...(many && { selection })}
        empty={
          <EmptyState title="No tunnels match" actions={<Button onClick={clear}>Clear filters</Button>}>
            {query &&
              'An address finds the tunnel that uses it or has it inside, a prefix what lies in it, a state such as “down” what is in it.'}
          </EmptyState>
        }
      />
    ),
    [view, query, rows, isWhole, looks, grouping, onEdit, many, selection, onViewChange, clear],
  )
  return (
    <>
      <StateNews rows={all} />
      <OverviewSlot person={person} rows={all} siteOf={siteOf} isOld={isOld} onFilter={setText} />
      <FilterBox
        text={text}
        terms={terms}
        canSeeKeys={person.canRead}
        known={() => ({ sites: sites(), canSeeKeys: person.canRead })}
        onChange={setText}
        onEnter={openFirst}
        onDown={intoRows}
        onLeave={writeNow}
      >
        <StateCounters
          counts={counts}
          isOld={isOld}
          present={present}
          chosen={states}
          onChange={(next) => onViewChange({ ...view, q: text, states: next })}
        />
      </FilterBox>
      <div ref={zone.ref} data-density={looks.density} {...zone.handlers}>
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 pb-2 text-13 text-fg-2 pointer-coarse:min-h-11">
          <span className="nums">{summary}</span>
          {changed > 0 && (
            <Button size="small" onClick={resort}>
              {`${formatNumber(changed)} ${changed === 1 ? 'row' : 'rows'} changed. Re-sort`}
            </Button>
          )}
          {many && rows.length > 0 && !chosen.isAllShown && (
            <Button size="small" kind="ghost" onClick={chosen.addShown}>
              {rows.length === total
                ? `Select all ${formatNumber(total)}`
                : `Select all ${formatNumber(rows.length)} that match`}
            </Button>
          )}
          {(text !== '' || states.length > 0) && rows.length > 0 && (
            <Button size="small" kind="ghost" onClick={clear}>
              Clear filters
            </Button>
          )}
          {after}
          <span className="flex flex-wrap gap-x-3 md:ml-auto">
            <ToolsSlot
              person={person}
              looks={looks}
              view={{ ...view, q: text }}
              rows={rows}
              onLooks={(next) => setListLooks(person, next)}
              onView={onViewChange}
            />
          </span>
        </div>
        {many?.({ ids: chosen.ids, hidden: chosen.hidden, onClear: chosen.clear })}
        {table}
      </div>
    </>
  )
}

/** All rows by name. What a poll leaves as it was stays the same objects, and is not drawn anew. */
function useRowsByName(
  tunnels: readonly VisibleTunnel[],
  statuses: Record<string, TunnelStatus>,
  isOld: boolean,
): readonly TunnelRow[] {
  const rows = useRef<readonly TunnelRow[]>([])
  return useMemo(() => {
    rows.current = rowsByName(placesOf(tunnels), statuses, isOld, rows.current)
    return rows.current
  }, [tunnels, statuses, isOld])
}

const rowId = (row: TunnelRow) => row.tunnel.id
const compactRow = (row: TunnelRow): ReactNode => <TunnelCompact row={row} />

/** Filters that time alone changes. */
const isAged = /\b(since|changed|key):/i

/** The minute that it is, for filters that go by it; without such a one, when the page came here. */
function useMinute(isNeeded: boolean): number {
  const [start] = useState(() => Date.now())
  return useTimely((now) => (isNeeded ? Math.floor(now.getTime() / 60_000) * 60_000 : start))
}

/** More than a phone shows. */
const rowsAtOnce = 12
/** Where rows come with the scroll, there are never many. */
const mostRows = 300

/** Whether all rows are drawn. A phone gets those that it shows first, and the others a moment later. */
const useIsWhole = (count: number): boolean => useDeferredValue(true, !useIsNarrow() || count > mostRows)

/** Whether somebody points into a part of the page with a mouse, or has the focus in it. */
function useHoldZone() {
  const ref = useRef<HTMLDivElement>(null)
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent) => setPointed(pointerType !== 'touch'),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocused(currentTarget.contains(relatedTarget)),
  }
  return { ref, handlers, isHeld: isPointed || isFocused }
}
