import { useCan } from '../../data/session.ts'
import { type Reason, Why } from '../../ui/why.tsx'

interface WhyFailedProps {
  /** Failures of sources, or problems, each by the name of what failed. `null` where all is well. */
  failures: Readonly<Record<string, Reason | null | undefined>>
}

/** The reasons behind "Unknown" and behind old data, for those who may see the whole configuration. */
export function WhyFailed({ failures }: WhyFailedProps) {
  const mayKnow = useCan('tunnel.read')
  const reasons = Object.entries(failures).flatMap(([of, failure]) => (failure ? [{ ...failure, of }] : []))
  return mayKnow && reasons.length > 0 ? <Why reasons={reasons} /> : null
}
