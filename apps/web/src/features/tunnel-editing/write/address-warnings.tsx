import { Banner } from '../../../ui/banner.tsx'
import type { Phase, WriteState } from './write-state.ts'

/** What Cloudflare accepts and somebody should know all the same, as long as it was said of what is in the form now. */
export function AddressWarnings({ phase, verdict }: { phase: Phase; verdict: WriteState['verdict'] }) {
  if (phase !== 'valid' || verdict?.kind !== 'valid' || !verdict.warnings?.length) return null
  return (
    <Banner kind="warning" isWordy>
      {verdict.warnings.join(' ')}
    </Banner>
  )
}
