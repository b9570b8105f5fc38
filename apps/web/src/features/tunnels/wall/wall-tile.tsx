import { cx } from '../../../lib/cx.ts'
import { formatPercent, shortDuration } from '../../../lib/format.ts'
import { StateShape } from '../../../ui/state-shape.tsx'
import { useTimely } from '../../../ui/time-ago.tsx'
import { toneBox } from '../../../ui/tone.ts'
import { statusLook } from '../looks.ts'
import type { WallRow } from './wall-rows.ts'

const tileClass = 'flex h-44 flex-col justify-between gap-1 overflow-hidden rounded-l px-5 py-4'

/** One tunnel that is not as it should be. */
export function WallTile({ row: { name, status }, isOld }: { row: WallRow; isOld: boolean }) {
  const { tone, shape, word } = statusLook(status, isOld)
  return (
    <li className={cx(tileClass, toneBox[tone])}>
      <Name name={name} />
      <div>
        <p className="flex items-center gap-2.5 text-24 font-medium">
          <StateShape shape={shape} size={20} />
          <span className="truncate" title={word}>
            {word}
          </span>
        </p>
        <p className="line-clamp-2 text-20 [overflow-wrap:anywhere]">
          {status.planned?.text ?? <Reason status={status} />}
        </p>
      </div>
    </li>
  )
}

/** One whose tile a fault of the console keeps from being drawn: it is not as it should be either. */
export function BrokenTile({ row: { name } }: { row: WallRow }) {
  return (
    <li className={cx(tileClass, toneBox.unknown)}>
      <Name name={name} />
      <p className="text-20">Its state cannot be shown: a fault of the console</p>
    </li>
  )
}

function Name({ name }: { name: string }) {
  return (
    <p className="truncate text-[1.75rem] leading-tight font-semibold" title={name}>
      {name}
    </p>
  )
}

/** Why, and since when. */
function Reason({ status: { state, reason, since, isSinceExact, affected } }: Pick<WallRow, 'status'>) {
  const long = useTimely((now) => (since ? shortDuration((now.getTime() - Date.parse(since)) / 1000) : ''))
  // A tunnel that never had a key has no traffic to lose.
  const share = state === 'needs-key' ? null : affected?.share
  return (
    <>
      {long && `${isSinceExact ? 'For' : 'For at least'} ${long} · `}
      {share ? `${formatPercent(share)} of its traffic · ` : ''}
      {reason}
    </>
  )
}
