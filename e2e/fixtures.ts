import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { type Console, startConsole } from './consoles.ts'
import { openList } from './steps.ts'

export { expect }

export type Role = 'Admin' | 'Operator' | 'Support'

export interface StandIn {
  baseUrl: string
  token: string
  account: string
  fault(fault: Record<string, unknown>, match?: { method?: string; path?: string; times?: number }): Promise<void>
  clear(): Promise<void>
  externalWrite(id: string, patch: Record<string, unknown> | null): Promise<void>
  ledger(): Promise<{ method: string; path: string; query: Record<string, string>; status: number | null }[]>
}

interface Fixtures {
  /** A console in sandbox mode. */
  sandbox: Console
  /**
   * A page of a person who signed in to `sandbox`, with the list or nothing on it yet. Each call is a browser of its own.
   */
  as(role: Role, opened?: 'list' | 'no page'): Promise<Page>
  /** Cloudflare on a port of this machine, which can be told to misbehave. */
  standIn: StandIn
  /** A console in live mode over `standIn`, with one administrator. */
  live: Console & { email: string; password: string }
  /** A page of that administrator, signed in with the password, with nothing on it yet. */
  liveAdmin: Page
}

const root = path.join(import.meta.dirname, '..')
const account = 'acc0acc0acc0acc0acc0acc0acc0acc0'
const token = 'canary-token-5d1e9b27c4f8'

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  sandbox: async ({}, use) => {
    const started = await startConsole({})
    await use(started)
    await started.stop()
  },
  as: async ({ sandbox, browser }, use) => {
    const pages: Page[] = []
    await use(async (role, opened = 'list') => {
      const page = await openPage(browser, sandbox.url)
      pages.push(page)
      await signIn(page, '/api/sandbox/sign-in', { role: role.toLowerCase() })
      if (opened === 'list') await openList(page)
      return page
    })
    for (const page of pages) await page.context().close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  standIn: async ({}, use) => {
    const started = await startStandIn({})
    await use(started)
    await started.stop()
  },
  live: async ({ standIn }, use) => {
    const email = 'ada@example.com'
    const password = 'correct horse battery staple'
    const started = await startConsole({
      CLOUDFLARE_API_TOKEN: standIn.token,
      CLOUDFLARE_ACCOUNT_ID: standIn.account,
      CLOUDFLARE_BASE_URL: standIn.baseUrl,
      ADMIN_EMAIL: email,
      ADMIN_PASSWORD: password,
      POLL_SECONDS: '1',
    })
    await use({ ...started, email, password })
    await started.stop()
  },
  liveAdmin: async ({ live, browser }, use) => {
    const page = await openPage(browser, live.url)
    await signIn(page, '/api/auth/sign-in/email', { email: live.email, password: live.password })
    await use(page)
    await page.context().close()
  },
})

/** A fresh browser context. A breach of the content security policy, or an error nobody caught, fails the test (S54). */
export async function openPage(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text()))
      problems.push(message.text())
  })
  context.on('close', () => {
    expect(problems, 'errors in the browser').toEqual([])
  })
  return page
}

/** As the sign-in page does it: that page has journeys of its own. */
async function signIn(page: Page, call: string, data: Record<string, string>): Promise<void> {
  const answer = await page.request.post(call, {
    data,
    headers: { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin' },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

export async function startStandIn(env: Record<string, string>): Promise<StandIn & { stop(): Promise<void> }> {
  const child = startNode('apps/bff/built/stand-in.js', {
    STAND_IN_TOKEN: token,
    STAND_IN_ACCOUNT: account,
    ...env,
  })
  const [line] = await child.printed(/\{"baseUrl".*\}/)
  const { baseUrl, control } = JSON.parse(line) as { baseUrl: string; control: string }
  const post = async (route: string, body: unknown) => {
    await fetch(`${control}${route}`, { method: 'POST', body: JSON.stringify(body) })
  }
  return {
    baseUrl,
    token,
    account,
    fault: (fault, match) => post('/faults', { fault, match }),
    clear: () => post('/clear', {}),
    externalWrite: (id, patch) => post('/external-write', { id, patch }),
    ledger: async () => (await fetch(`${control}/ledger`)).json() as ReturnType<StandIn['ledger']>,
    stop: child.stop,
  }
}

function startNode(script: string, env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env
  // Each test starts a process: what one has compiled the next need not.
  const NODE_COMPILE_CACHE = path.join(root, 'node_modules/.cache/node')
  const child: ChildProcess = spawn(process.execPath, [script], {
    cwd: root,
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
  })
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (const listener of listeners) listener()
    })
  }
  return {
    output: () => text,
    printed: (pattern: RegExp) =>
      new Promise<RegExpMatchArray>((resolve, reject) => {
        const look = () => {
          const match = text.match(pattern)
          if (match) resolve(match)
        }
        listeners.add(look)
        child.once('exit', () => reject(new Error(`${script} stopped:\n${text}`)))
        look()
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}
