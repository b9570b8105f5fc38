import { useRouter } from '@tanstack/react-router'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { fieldAt } from '@tunnel-console/shared/fields'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useEffect, useState } from 'react'
import { namesText } from '../../../lib/names-text.ts'
import { Banner } from '../../../ui/banner.tsx'
import { goToSection } from '../form/form-sections.tsx'

interface PreparedNoteProps {
  tunnel: Tunnel
  /** The tunnel with the change laid over it. */
  prepared: TunnelDraft
}

/**
 * Over an edit that starts with a change which the Status tab suggested: which one, and that nothing is saved yet. The form is shown
 * where the change is.
 */
export function PreparedNote({ tunnel, prepared }: PreparedNoteProps) {
  const [changes] = useState(() => diffDrafts(draftOf(tunnel), prepared))
  useChangeInSight(changes[0] && fieldAt(changes[0].path)?.section)
  return (
    <div className="mb-5">
      {changes.length > 0 ? (
        <Banner title={`The form holds a prepared change: ${namesText(changes.map(({ label }) => label))}`}>
          Nothing is saved yet: validate and review it as ever.
        </Banner>
      ) : (
        <Banner title="The tunnel has this change already">There is nothing to prepare.</Banner>
      )}
    </div>
  )
}

/** Goes to the section of the change, with the focus. */
function useChangeInSight(section: string | undefined): void {
  const router = useRouter()
  // Focus and scroll are the browser's.
  useEffect(() => {
    if (!section) return
    goToSection(section)
    // The router scrolls a page that it has opened to its top.
    const stop = router.subscribe('onRendered', () => {
      goToSection(section)
      stop()
    })
    return stop
  }, [router, section])
}
