import { mutationOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { keepSiteEnding } from '../lib/site-ending.ts'
import { keepPreferences } from '../lib/theme.ts'
import { leave } from './sign-in.ts'
import { tellTabs } from './tabs.ts'

export const signOut = () =>
  mutationOptions({
    mutationFn: () => request(endpoints.signOut),
    onSuccess: () => {
      tellTabs('signed-out')
      keepPreferences()
      keepSiteEnding()
      leave()
    },
  })
