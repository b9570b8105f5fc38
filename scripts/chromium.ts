import { accessSync, constants, existsSync } from 'node:fs'
import { chromium } from 'playwright'

const systemPaths: Record<string, string[]> = {
  // The shell has no windows of its own to draw, and takes a third less time.
  linux: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
}

/** The browser the tests drive: CHROMIUM_PATH, then a Playwright download, then a system browser. Throws a message that says what to do. */
export function chromiumPath(): string {
  const own = process.env['CHROMIUM_PATH']
  if (own && !isExecutable(own)) throw new Error(`CHROMIUM_PATH=${own} is not an executable file`)
  if (own) return own
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  const found = (systemPaths[process.platform] ?? []).find(isExecutable)
  if (found) return found
  throw new Error(
    'No Chromium found. Debian/Ubuntu: apt-get install chromium. Elsewhere: npx playwright install chromium. Or set CHROMIUM_PATH.',
  )
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// Chromium's own background traffic would only meet a closed network in CI; as root it needs --no-sandbox.
export const chromiumArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
