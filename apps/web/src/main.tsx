import './styles/index.css'
import { startFailed } from './lib/start-failed.ts'
import { followTheme } from './lib/theme.ts'

// What comes first is next to nothing: whoever signs in gets that page alone, everybody else the app.
followTheme()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// A task for each step, since any of them takes long enough.
const turn = () => new Promise((resolve) => setTimeout(resolve))

const openApp = async () => {
  await turn()
  const { startApp } = await import('./app.tsx')
  await turn()
  startApp(root)
}

// Nothing is awaited here: the files that are fetched import the one that this is in, and would wait for it in turn.
const opened =
  location.pathname === '/sign-in'
    ? import('./routes/sign-in-alone.tsx').then(({ signInAlone }) => signInAlone(root, openApp))
    : openApp()
opened.catch(() => startFailed(root))
