import { createServer } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { clientOf } from '../src/http/forwarded.ts'
import { createQuick } from '../src/http/quick.ts'
import { createServices, type Services } from '../src/services.ts'
import { ensureFirstAdmin } from '../src/session/first-admin.ts'
import { hashToken } from '../src/session/token.ts'
import { loadAssets } from './assets.ts'
import { brotli } from './brotli.ts'
import { type Config, ConfigError } from './config.ts'
import { openDataDir, readAuthSecret } from './data-dir.ts'
import { lockDataDir } from './data-lock.ts'
import { createFirstPages } from './first-page.ts'
import type { Log } from './log.ts'
import { createOutside } from './outside.ts'
import { createProcessFacts } from './process-facts.ts'
import { quickly } from './quickly.ts'
import { openDatabase } from './sqlite.ts'
import { stopGracefully } from './stop.ts'
import { upstreamFetch } from './upstream-fetch.ts'

/** How long what is under way may take when it ends. */
const graceMs = 25_000

interface Surroundings {
  log: Log
  /** Tells the person who started it something. */
  say(text: string): void
  /** Told of what it cannot go on from. */
  fail(error: unknown): void
}

/** A console that takes requests as soon as it has settled what a former one left. */
export interface OpenConsole {
  /** Ends it in order, with the code that its process ends with. */
  stop(): Promise<number>
}

/** Opens the data folder and listens. Only one console at a time can be open on a folder or a port. */
export async function openConsole(config: Config, { log, say, fail }: Surroundings): Promise<OpenConsole> {
  openDataDir(config.dataDir)
  const lock = lockDataDir(config.dataDir)
  const { db, version, close } = await openDatabase(
    path.join(config.dataDir, config.cloudflare ? 'console.db' : 'sandbox.db'),
  )
  const addresses = new WeakMap<Request, string>()
  const firstPages = createFirstPages({ log: log.write })
  const deps: Deps = {
    ...(await upstreamOf(config)),
    db,
    storageVersion: version,
    publicUrl: config.publicUrl,
    authSecret: readAuthSecret(config.dataDir),
    pollSeconds: config.pollSeconds,
    now: () => new Date(),
    monotonic: () => performance.now(),
    pause: sleep,
    log: log.write,
    clientAddress: (request) =>
      clientOf(addresses.get(request), request.headers.get('x-forwarded-for'), config.trustedProxies),
    peerAddress: (request) => addresses.get(request),
    outside: createOutside(),
    processFacts: createProcessFacts(),
    ...(config.metricsToken !== undefined && { metricsTokenHash: await hashToken(config.metricsToken) }),
    brotli,
    background: () => undefined,
    ...assetsOf(),
    drawFirstList: firstPages.drawFirstList,
  }
  const services = createServices(deps)
  services.gate.hold()
  const app = createApp(deps, services)
  let isStopping = false
  let isClosed = false

  const ordinary = getRequestListener(
    (request, env) => {
      const address = env.incoming.socket?.remoteAddress
      if (address !== undefined) addresses.set(request, address)
      if (isStopping) return new Response(null, { status: 503, headers: { connection: 'close', 'retry-after': '5' } })
      return app.fetch(request)
    },
    { hostname: config.host },
  )
  const server = createServer(quickly(createQuick(services), () => isStopping, ordinary))
  // Longer than a proxy keeps an idle connection, or what it has just sent would meet the end of it.
  server.keepAliveTimeout = 65_000
  server.listen(config.port, config.host)
  server.on('error', (error: NodeJS.ErrnoException) => fail(portError(error, config)))
  // Only who has the port is alone on the database: a second start that fails must take nothing from the first.
  server.on('listening', () => {
    begin(services, config, say, () => isClosed)
      .then(firstPages.load)
      .catch(fail)
  })

  const flush = async () => {
    await services.auth.retry()
    await services.owner.flush()
    await log.flush()
  }
  const release = () => {
    isClosed = true
    close()
    lock.release()
  }
  return {
    stop() {
      isStopping = true
      services.owner.hold()
      return new Promise((exit) => {
        void stopGracefully({ server, idle: services.owner.idle, flush, close: release, exit, log: log.write, graceMs })
      })
    },
  }
}

/** Makes what must be true before the first request is answered, and lets time do its work from then on. */
async function begin(
  services: Services,
  config: Config,
  say: Surroundings['say'],
  isClosed: () => boolean,
): Promise<void> {
  const { deps, owner, auth, approvals, gate } = services
  const [link] = await Promise.all([ensureFirstAdmin(deps, auth, config.admin), owner.start()])
  await approvals.settle()
  gate.open()
  announce(config, deps.mode, link, say)
  const tick = async () => {
    if (isClosed()) return
    await auth.retry()
    setTimeout(tick, await owner.tick()).unref()
  }
  void tick()
}

async function upstreamOf({ cloudflare, dataDir }: Config): Promise<Pick<Deps, 'mode' | 'upstream' | 'sandbox'>> {
  if (cloudflare) return { mode: 'live', upstream: { ...cloudflare, fetch: upstreamFetch } }
  const { openSandbox } = await import('./sandbox.ts')
  const { sandbox, upstream } = openSandbox(dataDir)
  return { mode: 'sandbox', upstream, sandbox }
}

function assetsOf(): Pick<Deps, 'assets'> {
  const assets = loadAssets(path.join(import.meta.dirname, '../../web/dist'))
  return assets ? { assets } : {}
}

function announce({ publicUrl }: Config, mode: Deps['mode'], link: string | null, say: Surroundings['say']): void {
  say(`\n  Tunnel Console is at ${publicUrl}`)
  if (mode === 'sandbox') say('  Sandbox: nothing here reaches Cloudflare.\n')
  if (link !== null) say(`  Create the first administrator (once, within 24 hours): ${link}\n`)
}

function portError(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  if (error.code === 'EADDRINUSE') return new ConfigError(`PORT: ${port} is in use; stop what runs there or set PORT`)
  if (error.code === 'EACCES') return new ConfigError(`PORT: ${port} may not be used; set PORT to 1024 or above`)
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? ''))
    return new ConfigError(`HOST: ${host} is not an address of this machine`)
  return error
}
