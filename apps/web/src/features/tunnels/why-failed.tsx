import { useCan } from '../../data/session.ts'
import { Why } from '../../ui/why.tsx'

interface Failure {
  code: string
  title: string
  detail?: string
  causes?: readonly string[]
}

interface WhyFailedProps {
  /** Failures of sources, or problems, each by the name of what failed. `null` where all is well. */
  failures: Readonly<Record<string, Failure | null | undefined>>
}

/** The reasons behind "Unknown" and behind old data, for those who may see the whole configuration. */
export function WhyFailed({ failures }: WhyFailedProps) {
  const mayKnow = useCan('tunnel.read')
  const reasons = Object.entries(failures).flatMap(([of, failure]) => {
    if (!failure) return []
    const { code, title, detail, causes = [] } = failure
    return [{ of, title, codes: [code, ...causes], ...(detail !== undefined && { detail }) }]
  })
  return mayKnow && reasons.length > 0 ? <Why reasons={reasons} /> : null
}
