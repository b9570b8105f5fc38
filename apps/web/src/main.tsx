import './styles/index.css'
import { followTheme } from './lib/theme.ts'

// What comes first is next to nothing: whoever signs in gets that page alone, everybody else the app.
followTheme()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const openApp = async () => (await import('./app.tsx')).startApp(root)

if (location.pathname === '/sign-in') {
  const { signInAlone } = await import('./routes/sign-in-alone.tsx')
  signInAlone(root, openApp)
} else {
  await openApp()
}
