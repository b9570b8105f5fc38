import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { tellTabs } from '../data/tabs.ts'
import { fetchApp } from '../lib/early.ts'
import { safeFrom } from '../lib/safe-from.ts'
import { Announcer } from '../ui/announcer.tsx'
import { SignInPage } from './sign-in-page.tsx'

/**
 * Draws the page to sign in and nothing else. The app, of which it needs nothing, is fetched while somebody types, and
 * `openApp` draws it in the same place.
 */
export function signInAlone(element: HTMLElement, openApp: () => Promise<void>): void {
  const root = createRoot(element)
  const goOn = async () => {
    tellTabs('signed-in')
    const from = safeFrom(new URLSearchParams(location.search).get('from'))
    // The router reads the address when it is loaded, and not before.
    history.replaceState(null, '', from)
    root.unmount()
    // Where its code cannot be loaded, the browser asks for the page as ever, and says what is wrong.
    await openApp().catch(() => location.reload())
  }
  root.render(
    <StrictMode>
      <SignInPage onSignedIn={goOn} />
      <Announcer />
    </StrictMode>,
  )
  setTimeout(fetchApp, fetchAfterMs)
}

/** The page is there and can be used; what comes now is in nobody's way. */
const fetchAfterMs = 1000
