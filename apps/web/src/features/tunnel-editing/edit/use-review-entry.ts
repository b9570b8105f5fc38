import { useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { WriteEvent, WriteState } from '../write/write-state.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The review of an edit: an entry of its own, over that of the form. */
    review?: true
  }
}

interface ReviewEntryOptions {
  state: WriteState
  dispatch: (event: WriteEvent) => void
}

/**
 * Makes the review an entry of the browser's history, so that Back leads to the form and not out of it. Page and history
 * follow each other, whichever moves first. While a change is being saved, or nobody knows whether it is, the review stays.
 */
export function useReviewEntry({ state, dispatch }: ReviewEntryOptions): void {
  const router = useRouter()
  const place = useRouterState({ select: ({ location }) => location })
  const ownPath = useRef(place.pathname)
  const isReview = state.view === 'review'
  const isEntry = place.state.review === true
  const mayGoBack = state.work !== 'applying' && state.stop?.kind !== 'unknown'
  const last = useRef({ isReview, isEntry })
  // The history of the browser is outside React.
  useEffect(() => {
    // On the way to another page neither follows the other any more.
    if (place.pathname !== ownPath.current) return
    const before = last.current
    last.current = { isReview, isEntry }
    if (isReview !== before.isReview) {
      if (isReview && !isEntry) enterReview(router)
      if (!isReview && isEntry) router.history.back()
    } else if (before.isEntry && !isEntry && isReview) {
      if (mayGoBack) dispatch({ type: 'back' })
      else router.history.forward()
    }
  }, [place.pathname, isReview, isEntry, mayGoBack, dispatch, router])
}

function enterReview(router: ReturnType<typeof useRouter>): void {
  void router.navigate({
    to: '.',
    search: true,
    state: (held) => ({ ...held, review: true }),
    resetScroll: false,
  })
}
