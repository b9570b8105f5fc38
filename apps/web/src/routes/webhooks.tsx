import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const webhooksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/webhooks',
  staticData: { needs: 'settings.manage' },
  beforeLoad: requires('settings.manage'),
  component: lazyPage(() => import('./webhooks-page.tsx'), 'WebhooksPage', loadSessionDialogs),
})
