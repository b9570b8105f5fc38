import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { type Site, visit } from '../browser/visit.ts'
import { once } from '../load.ts'
import { type Ready, readyOf, serve } from './serve.ts'

/** What the list is measured beside, on a port of this machine. */
export interface Peers {
  /** The first window of the list as HTML, without a script. */
  static: Site
  /** Every row in a table of React. */
  plain: Site
  /** Addresses of the list and of the states as rows of JSON. */
  data: string[]
  stop(): Promise<void>
}

const run = promisify(execFile)
const root = path.join(import.meta.dirname, '../..')

/** Makes the peers from what the console answers now and what its page shows after `stayMs`, and serves them. */
export async function startPeers(
  browser: Browser,
  ours: Site & { cookie: string },
  { directory, stayMs }: { directory: string; stayMs: number },
): Promise<Peers> {
  const port = Number(new URL(ours.url).port)
  const ask = async (from: string) => {
    const headers = { cookie: ours.cookie, accept: 'application/json' }
    return (await once({ port, path: from, headers })).body
  }
  const files = new Map<string, Ready>([
    ['/tunnels.json', await readyOf(await ask('/api/tunnels'), 'application/json')],
    ['/status.json', await readyOf(await ask('/api/status'), 'application/json')],
    ['/static', await readyOf(Buffer.from(await firstWindow(browser, ours, stayMs)), 'text/html')],
    ...(await plainFiles(path.join(directory, 'plain'))),
  ])
  const { port: own, stop } = await serve(files, path.join(root, 'apps/web/dist'))
  const url = `http://localhost:${own}`
  return {
    static: { url: `${url}/static` },
    plain: { url: `${url}/plain` },
    data: ['/tunnels.json', '/status.json'],
    stop,
  }
}

/** The list as it stands in the page, once all of it is there. Same elements, same styles, same font; nothing that runs. */
function firstWindow(browser: Browser, ours: Site, stayMs: number): Promise<string> {
  return visit(browser, ours, async ({ page }) => {
    await page.waitForTimeout(stayMs)
    return page.evaluate(() => {
      const copy = document.documentElement.cloneNode(true) as HTMLElement
      for (const code of copy.querySelectorAll('script, noscript, link[rel=modulepreload], link[rel=preload]'))
        code.remove()
      return `<!doctype html>${copy.outerHTML}`
    })
  })
}

/** The plain table, built for production whatever this process is for. */
async function plainFiles(outDir: string): Promise<[string, Ready][]> {
  const args = ['build', path.join(import.meta.dirname, 'plain'), '--outDir', outDir, '--logLevel', 'warn']
  await run(path.join(root, 'node_modules/.bin/vite'), args, { env: { ...process.env, NODE_ENV: 'production' } })
  const names = await readdir(outDir, { recursive: true })
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
  const files = names
    .map((name) => ({ name, type: types[path.extname(name)] }))
    .filter(({ type }) => type !== undefined)
  return Promise.all(
    files.map(async ({ name, type = '' }): Promise<[string, Ready]> => {
      const ready = await readyOf(await readFile(path.join(outDir, name)), type)
      return [name === 'index.html' ? '/plain' : `/plain/${name}`, ready]
    }),
  )
}
