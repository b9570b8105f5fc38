import { type ChildProcess, spawn } from 'node:child_process'
import { once as event } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
export const program = path.join(root, 'apps/bff/built/main.js')

/** What runs beside the bench. Ends when told to. */
export interface Running {
  port: number
  pid: number
  stop(): Promise<void>
}

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await event(server, 'listening')
  const address = server.address()
  server.close()
  await event(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}

/** `hasHealth`: analytics tell of every tunnel. Else they have none, so that a list is all that is read. */
export async function startUpstream(tunnels: number, { hasHealth = false } = {}): Promise<Running> {
  const port = await freePort()
  const args = [path.join(root, 'bench/upstream.ts'), String(port), String(tunnels), ...(hasHealth ? ['health'] : [])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return running(child, port, '/calls')
}

const admin = { email: 'bench@example.com', password: 'correct horse battery' }

export interface Console extends Running {
  /** The `Cookie` header of a signed-in administrator. */
  cookie: string
}

/** The program as it is built, in live mode before that upstream, its log thrown away as a supervisor's pipe would take it. */
export async function startConsole(
  upstreamPort: number,
  directory: string,
  { pollSeconds = 5 } = {},
): Promise<Console> {
  const port = await freePort()
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: directory,
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      POLL_SECONDS: String(pollSeconds),
      DATA_DIR: path.join(directory, `data-${port}`),
      CLOUDFLARE_BASE_URL: `http://127.0.0.1:${upstreamPort}/client/v4`,
      CLOUDFLARE_ACCOUNT_ID: 'b'.repeat(32),
      CLOUDFLARE_API_TOKEN: 'bench-token-of-no-account',
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
    },
  })
  child.stderr?.resume()
  const running_ = await running(child, port, '/readyz')
  return { ...running_, cookie: await signIn(port) }
}

/** nginx as a plain way through to the upstream, as its own documentation says for kept connections. */
export async function startNginx(upstreamPort: number, directory: string): Promise<Running> {
  const port = await freePort()
  const place = path.join(directory, `nginx-${port}`)
  mkdirSync(place)
  const file = path.join(place, 'nginx.conf')
  writeFileSync(file, nginxConfig(port, upstreamPort, place))
  const child = spawn('nginx', ['-p', place, '-c', file, '-e', path.join(place, 'error.log')], { stdio: 'ignore' })
  return running(child, port, '/calls')
}

function nginxConfig(port: number, upstreamPort: number, place: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${place}/${kind};`,
  )
  return `daemon off; worker_processes 1; pid ${place}/pid;
events { worker_connections 256; }
http {
  access_log off; ${temporary.join(' ')}
  upstream ready { server 127.0.0.1:${upstreamPort}; keepalive 64; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://ready; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffers 64 64k; proxy_buffer_size 64k;
    }
  }
}
`
}

// Nothing that was started outlives the bench. One listener for all of them: Node warns of more than ten.
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

/** Waits until it answers. */
async function running(child: ChildProcess, port: number, probe: string): Promise<Running> {
  child.stdout?.resume()
  let failure: unknown
  living.add(child)
  child.once('exit', () => living.delete(child))
  child.once('error', (error) => {
    failure = error
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const ended = event(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  for (let waited = 0; waited < 400; waited++) {
    if (failure !== undefined || child.exitCode !== null) throw new Error('It did not start', { cause: failure })
    const answer = await fetch(`http://127.0.0.1:${port}${probe}`).catch(() => null)
    if (answer?.ok) return { port, pid: child.pid ?? 0, stop }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await stop()
  throw new Error('It did not answer in ten seconds')
}

async function signIn(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: `http://localhost:${port}`,
      'x-tunnel-console': '1',
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify(admin),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!answer.ok || cookie === undefined) throw new Error(`Signing in failed: ${answer.status} ${await answer.text()}`)
  return cookie
}
