import './styles/index.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followOtherTabs } from './data/sign-in.ts'
import { queryClient } from './lib/query-client.ts'
import { followTheme } from './lib/theme.ts'
import { followWake } from './lib/wake.ts'
import { router } from './router.tsx'
import { followBuild } from './routes/follow-build.ts'
import { Announcer } from './ui/announcer.tsx'
import { Toaster } from './ui/toast.tsx'

followTheme()
followOtherTabs()
followWake(() => void queryClient.refetchQueries({ type: 'active', stale: true }))
followBuild(router)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Announcer />
        <Toaster />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
