import { diffDrafts } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { namesText } from '../../../lib/names-text.ts'
import { Banner } from '../../../ui/banner.tsx'

interface PreparedNoteProps {
  tunnel: Tunnel
  /** The tunnel with the change laid over it. */
  prepared: TunnelDraft
}

/** Over an edit that starts with a change which the Status tab suggested: which one, and that nothing is saved yet. */
export function PreparedNote({ tunnel, prepared }: PreparedNoteProps) {
  const labels = diffDrafts(draftOf(tunnel), prepared).map(({ label }) => label)
  return (
    <div className="mb-5">
      {labels.length > 0 ? (
        <Banner title={`The form holds a prepared change: ${namesText(labels)}`}>
          Nothing is saved yet: validate and review it as ever.
        </Banner>
      ) : (
        <Banner title="The tunnel has this change already">There is nothing to prepare.</Banner>
      )}
    </div>
  )
}
