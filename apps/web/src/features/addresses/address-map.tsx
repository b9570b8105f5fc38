import { cellStates, type MapBlock, mapOf, totalsOf } from '@tunnel-console/shared/address-map'
import type { AddressesAnswer } from '@tunnel-console/shared/addresses'
import { ChevronRight } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { useCan } from '../../data/session.ts'
import { cx } from '../../lib/cx.ts'
import { count, formatNumber } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextLink } from '../../ui/link-button.tsx'
import { CellGrid, cellClass } from './cell-grid.tsx'
import { stateLetters, stateNames } from './cell-words.ts'

/** Every pool as a grid of /31s, with what has each of them. */
export function AddressMap({ answer }: { answer: AddressesAnswer }) {
  const { pools, taken, holds, reserved, next } = answer
  const maps = useMemo(
    () => pools.map((pool) => ({ pool, blocks: mapOf(pool, { taken, holds, reserved }) })),
    [pools, taken, holds, reserved],
  )
  if (pools.length === 0) return <NoPool />
  return (
    <div className="flex flex-col gap-8">
      <Legend blocks={maps.flatMap(({ blocks }) => blocks)} />
      {maps.map(({ pool, blocks }) => (
        <Pool key={pool} pool={pool} blocks={blocks} next={next} />
      ))}
    </div>
  )
}

function NoPool() {
  const mayManage = useCan('settings.manage')
  return (
    <EmptyState title="No pool is set">
      {mayManage ? (
        <>
          A pool is a block that new tunnels get their inside addresses from.{' '}
          <TextLink to="/settings">Set one in the settings</TextLink>.
        </>
      ) : (
        'A pool is a block that new tunnels get their inside addresses from. An administrator can set one in the settings.'
      )}
    </EmptyState>
  )
}

function Legend({ blocks }: { blocks: readonly MapBlock[] }) {
  const totals = totalsOf(blocks)
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Legend" className="flex flex-wrap gap-x-5 gap-y-2">
        {cellStates.map((state) => (
          <li key={state} className="flex items-center gap-2 text-13">
            <span aria-hidden className={cx(cellClass(state), 'size-6!')}>
              {stateLetters[state]}
            </span>
            {stateNames[state]} <span className="nums text-fg-3">{formatNumber(totals[state])}</span>
          </li>
        ))}
      </ul>
      <p className="text-12 text-fg-3">T IPsec tunnel · G GRE tunnel · I interconnect · R route</p>
    </div>
  )
}

interface PoolProps {
  pool: string
  blocks: readonly MapBlock[]
  next: string | null
}

function Pool({ pool, blocks, next }: PoolProps) {
  const id = useId()
  const [showsAll, setShowsAll] = useState(false)
  const isNext = ({ cells }: MapBlock) => next !== null && cells.some(({ subnet }) => subnet === next)
  const isEmpty = (block: MapBlock) => block.counts.free === block.cells.length && !isNext(block)
  const shown = showsAll ? blocks : blocks.filter((block) => !isEmpty(block))
  const left = blocks.length - shown.length
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="mono text-16 font-semibold">
        {pool}
      </h2>
      {shown.map((block) => (
        <Block key={block.cidr} block={block} next={next} isOpenFirst={blocks.length === 1 || isNext(block)} />
      ))}
      {left > 0 && (
        <Button size="small" className="self-start" onClick={() => setShowsAll(true)}>
          Show {count(left, 'more block')}, all free
        </Button>
      )}
    </section>
  )
}

interface BlockProps {
  block: MapBlock
  next: string | null
  isOpenFirst: boolean
}

/** A /24, folded or not: a large pool would be thousands of cells. */
function Block({ block: { cidr, cells, counts }, next, isOpenFirst }: BlockProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(isOpenFirst)
  const told = cellStates.filter((state) => counts[state] > 0)
  return (
    <div className="rounded-m border border-line bg-surface">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          className="focus-inset flex min-h-11 w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-m px-3 py-2 text-left text-13 font-normal"
        >
          <span className="flex items-center gap-1.5">
            <ChevronRight aria-hidden size={16} className={cx('transition-transform', isOpen && 'rotate-90')} />
            <span className="mono">{cidr}</span>
          </span>
          <span className="text-fg-3">
            {told.map((state) => `${formatNumber(counts[state])} ${stateNames[state].toLowerCase()}`).join(' · ')}
          </span>
        </button>
      </h3>
      <div id={id} hidden={!isOpen} className="px-3 pb-3">
        {isOpen && <CellGrid label={`Subnets of ${cidr}`} cells={cells} next={next} />}
      </div>
    </div>
  )
}
