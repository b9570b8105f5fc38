import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Fragment, StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { followOtherTabs } from './data/sign-in.ts'
import { queryClient } from './lib/query-client.ts'
import { useStore } from './lib/store.ts'
import { followWake } from './lib/wake.ts'
import { createConsoleRouter } from './router.tsx'
import { followBuild } from './routes/follow-build.ts'
import { Announcer } from './ui/announcer.tsx'
import { lazyPart } from './ui/lazy-part.tsx'
import { toasts } from './ui/toast.ts'

/** Draws the console into `element`, from the address that the page has now. */
export function startApp(element: HTMLElement): void {
  const router = createConsoleRouter()
  followOtherTabs()
  followWake(() => void queryClient.refetchQueries({ type: 'active', stale: true }))
  followBuild(router)
  const app = (
    <Strict>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Announcer />
          <Toasts />
        </QueryClientProvider>
      </CSPProvider>
    </Strict>
  )
  const root = createRoot(element)
  // In slices, so that the page answers meanwhile.
  startTransition(() => root.render(app))
}

// It does nothing in a build, and takes a hundred bytes there.
const Strict = import.meta.env.DEV ? StrictMode : Fragment

// Never the only copy of anything, and read out all the same.
const Toaster = lazyPart(async () => (await import('./ui/toaster.tsx')).Toaster, { Missing: () => null })

function Toasts() {
  return useStore(toasts).length > 0 && <Toaster />
}
