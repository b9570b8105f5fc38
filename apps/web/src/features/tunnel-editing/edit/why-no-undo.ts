import { diffDrafts } from '@tunnel-console/shared/diff'
import type { TunnelDraft } from '@tunnel-console/shared/draft'

/** Why a change cannot be taken back by the console: it does not keep MD5 keys. `null` where it can. */
export function whyNoUndo(before: TunnelDraft, after: TunnelDraft): string | null {
  const changesKey = diffDrafts(before, after).some(({ path }) => path === 'bgp.md5_key')
  if (changesKey) return 'A change of the MD5 key cannot undo itself: the console does not keep keys.'
  const losesKey = before.bgp.enabled && !after.bgp.enabled && before.bgp.md5_key !== ''
  return losesKey ? 'This cannot undo itself: BGP has an MD5 key, and the console does not keep keys.' : null
}
