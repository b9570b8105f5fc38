import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createSandbox, type Sandbox, type SandboxState } from '@tunnel-console/cloudflare-sandbox'
import type { Upstream } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import { writePrivately } from './data-dir.ts'

const accountId = '5a4db0c0ffee5a4db0c0ffee5a4db0c0'

/** The embedded Cloudflare: real HTTP semantics in this process, its state in DATA_DIR so that it survives a restart. */
export function openSandbox(dataDir: string): { sandbox: Sandbox; upstream: Upstream } {
  const file = path.join(dataDir, 'sandbox.json')
  const token = randomBytes(24).toString('base64url')
  const state = readState(file)
  const sandbox = createSandbox({
    accountId,
    token,
    ...(state && { state }),
    onChange: (next) => writePrivately(file, JSON.stringify(next)),
  })
  return {
    sandbox,
    upstream: {
      baseUrl: 'https://api.cloudflare.com/client/v4',
      accountId,
      writeToken: new Secret(token),
      readToken: new Secret(token),
      fetch: (input, init) => sandbox.fetch(input, init),
    },
  }
}

/** A state that cannot be read is only a sandbox: it starts from the seed again. */
function readState(file: string): SandboxState | undefined {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SandboxState
  } catch {
    return undefined
  }
}
