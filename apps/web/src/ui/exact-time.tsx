import { localTime, utcTime } from '../lib/exact-times.ts'
import { useStore } from '../lib/store.ts'
import { timesInUtc } from '../lib/times-in-utc.ts'
import { Tip } from './tooltip.tsx'

interface ExactTimeProps {
  id: string
  date: Date
  onClose: () => void
}

/** The moment behind a relative time, in the zone that the person wants, then in the other. */
export function ExactTime({ id, date, onClose }: ExactTimeProps) {
  const isUtc = useStore(timesInUtc)
  const both = [`${localTime(date)} (local)`, utcTime(date)]
  const [first, other] = isUtc ? both.toReversed() : both
  return (
    <Tip id={id} onClose={onClose}>
      <span className="block">{first}</span>
      <span className="block text-fg-2">{other}</span>
    </Tip>
  )
}
