import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  staticData: { needs: 'settings.manage' },
  beforeLoad: requires('settings.manage'),
  component: lazyPage(() => import('./settings-page.tsx'), 'SettingsPage', loadSessionDialogs),
})
