import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Block, parseBlock } from '@tunnel-console/shared/address'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { Secret } from '../src/secret.ts'

/** A mistake in the environment. The message is one line that names the variable and the mend. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export interface Config {
  cloudflare: { baseUrl: string; accountId: string; writeToken: Secret; readToken: Secret } | null
  host: string
  port: number
  publicUrl: string
  dataDir: string
  pollSeconds: number
  /** Proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly Block[]
  /** Opens `/metrics` from elsewhere. */
  metricsToken: string | undefined
  admin: { email?: string; password?: string }
}

type Environment = Readonly<Record<string, string | undefined>>

const cloudflareApi = 'https://api.cloudflare.com/client/v4'

/** Reads the environment once. Throws `ConfigError` for a wrong or half configuration. */
export function readConfig(env: Environment): Config {
  refuseGlobalKey(env)
  const cloudflare = readCloudflare(env)
  const host = env['HOST'] || '127.0.0.1'
  if (!cloudflare && !isLoopback(host)) {
    throw new ConfigError(
      `HOST: the sandbox has no passwords, so it listens on 127.0.0.1 only; unset HOST or connect a real account`,
    )
  }
  const port = readInteger(env, 'PORT', 8787, 0, 65_535)
  const email = env['ADMIN_EMAIL'] || undefined
  const password = readSecretText(env, 'ADMIN_PASSWORD')
  if ((email === undefined) !== (password === undefined)) {
    throw new ConfigError(`ADMIN_EMAIL and ADMIN_PASSWORD belong together: set both, or neither for a one-time link`)
  }
  return {
    cloudflare,
    host,
    port,
    publicUrl: readPublicUrl(env['PUBLIC_URL'] || `http://localhost:${port}`),
    dataDir: path.resolve(env['DATA_DIR'] || './data'),
    pollSeconds: readInteger(env, 'POLL_SECONDS', 5, 1, 3600),
    trustedProxies: readProxies(env['TRUSTED_PROXIES'] || ''),
    metricsToken: readMetricsToken(env),
    admin: email !== undefined && password !== undefined ? { email, password } : {},
  }
}

/** The old global key can do everything on the account and follows redirects (S08). */
function refuseGlobalKey(env: Environment): void {
  for (const name of ['CLOUDFLARE_API_KEY', 'CLOUDFLARE_EMAIL']) {
    if (env[name]) throw new ConfigError(`${name}: global keys are not taken; unset it and use CLOUDFLARE_API_TOKEN`)
  }
}

function readCloudflare(env: Environment): Config['cloudflare'] {
  const token = readToken(env, 'CLOUDFLARE_API_TOKEN')
  const readToken_ = readToken(env, 'CLOUDFLARE_READ_TOKEN')
  const accountId = env['CLOUDFLARE_ACCOUNT_ID']?.toLowerCase()
  if (!token && !accountId && !readToken_ && !env['CLOUDFLARE_BASE_URL']) return null
  if (!token) {
    throw new ConfigError(
      'CLOUDFLARE_API_TOKEN: set it for live mode, or unset every CLOUDFLARE_ variable for the sandbox',
    )
  }
  if (!accountId) {
    throw new ConfigError('CLOUDFLARE_ACCOUNT_ID: set it to the 32 hexadecimal digits of your account')
  }
  if (!isTunnelId(accountId)) {
    throw new ConfigError(
      'CLOUDFLARE_ACCOUNT_ID: it must be 32 hexadecimal digits; the dashboard shows it under Account home',
    )
  }
  const baseUrl = readBaseUrl(env['CLOUDFLARE_BASE_URL'] || cloudflareApi)
  return { baseUrl, accountId, writeToken: new Secret(token), readToken: new Secret(readToken_ ?? token) }
}

function readToken(env: Environment, name: string): string | undefined {
  const token = readSecretText(env, name)
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigError(`${name}: it holds a space or a character that no token has; copy it again`)
  }
  return token
}

/** Whoever can reach the console may try it, so it must not be one that can be guessed. */
function readMetricsToken(env: Environment): string | undefined {
  const token = readToken(env, 'METRICS_TOKEN')
  if (token !== undefined && token.length < 24) {
    throw new ConfigError('METRICS_TOKEN: use at least 24 characters, such as the output of "openssl rand -hex 32"')
  }
  return token
}

/** `NAME`, or the content of the file that `NAME_FILE` names. */
function readSecretText(env: Environment, name: string): string | undefined {
  const file = env[`${name}_FILE`]
  if (!file) return env[name] || undefined
  if (env[name]) throw new ConfigError(`${name} and ${name}_FILE are both set: keep one of them`)
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new ConfigError(
      `${name}_FILE: the file cannot be read (${codeOf(error)}); check the path and its permissions`,
    )
  }
  if (text === '') throw new ConfigError(`${name}_FILE: the file is empty`)
  return text
}

/** The token must not be sent elsewhere: Cloudflare's own origin, or a stand-in on this machine (S04). */
function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isCloudflare = url?.origin === new URL(cloudflareApi).origin
  const isStandIn = url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)
  if (!url || hasExtras(url) || (!isCloudflare && !isStandIn)) {
    throw new ConfigError(
      `CLOUDFLARE_BASE_URL: only ${cloudflareApi} or an address on this machine (127.0.0.1) is taken`,
    )
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

/** A name or a password before the host, a query, a fragment: none belongs in an address that ours is built on. */
function hasExtras({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].some((part) => part !== '')
}

function readPublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || hasExtras(url)) {
    throw new ConfigError('PUBLIC_URL: write an origin without a path, such as https://tunnels.example.com')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigError('PUBLIC_URL: use https; over plain http the session cookie could be read on the way')
  }
  return url.origin
}

/** A network that holds every address would believe everybody, so that anybody could choose an address (S62). */
function readProxies(text: string): Block[] {
  const entries = text.split(',').map((entry) => entry.trim())
  return entries.filter(Boolean).map((entry) => {
    const block = parseBlock(entry)
    if (block && block.prefixLength > 0) return block
    throw new ConfigError(
      `TRUSTED_PROXIES: ${JSON.stringify(entry.slice(0, 60))} is no address or network, such as 10.0.0.5 or 10.0.0.0/24`,
    )
  })
}

function readInteger(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new ConfigError(`${name}: write a whole number from ${min} to ${max}`)
  }
  return value
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
