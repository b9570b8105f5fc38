import { diffDrafts } from '@tunnel-console/shared/diff'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { changeWords } from '../../lib/change-words.ts'

/** What was typed as text, a line for each field, for a note or a colleague. What is masked stays so. */
export function changesText(base: TunnelDraft, mine: TunnelDraft): string {
  return diffDrafts(base, mine)
    .map((change) => {
      const { before, after } = changeWords(change)
      return `${change.label}: ${before} → ${after}`
    })
    .join('\n')
}
