import './styles/index.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followOtherTabs } from './data/sign-in.ts'
import { queryClient } from './lib/query-client.ts'
import { followTheme } from './lib/theme.ts'
import { router } from './router.tsx'
import { Announcer } from './ui/announcer.tsx'
import { Toaster } from './ui/toast.tsx'

followTheme()
followOtherTabs()

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
