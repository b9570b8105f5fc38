import type { FieldChange } from '@tunnel-console/shared/diff'
import { fieldAt } from '@tunnel-console/shared/fields'
import { namesText } from '../../../lib/names-text.ts'

interface Told {
  changes: readonly Pick<FieldChange, 'label'>[]
  /** By path: what Cloudflare stored otherwise than it was asked to. */
  notApplied: readonly string[]
}

/** "Saved: Description, Replay protection": what a save has done, by the names of the fields. */
export function savedWords({ changes, notApplied }: Told): string {
  const saved = `Saved: ${namesText(changes.map(({ label }) => label))}`
  if (notApplied.length === 0) return saved
  const labels = notApplied.map((path) => fieldAt(path)?.label ?? path)
  return `${saved}. But Cloudflare kept a value of its own for ${namesText(labels)}. See History.`
}
