import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import { createSandbox, type Sandbox, type SandboxState } from '@tunnel-console/cloudflare-sandbox'
import type { Upstream } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import { writePrivately } from './data-dir.ts'
import { isSandboxState } from './sandbox-state.ts'

const accountId = '5a4db0c0ffee5a4db0c0ffee5a4db0c0'

/** Tells the person who started the program something in one line. */
type Say = (line: string) => void

/** The embedded Cloudflare: real HTTP semantics in this process, its state in DATA_DIR so that it survives a restart. */
export function openSandbox(dataDir: string, say: Say = console.error): { sandbox: Sandbox; upstream: Upstream } {
  const file = path.join(dataDir, 'sandbox.json')
  const token = randomBytes(24).toString('base64url')
  const state = readState(file, say)
  const sandbox = createSandbox({
    accountId,
    token,
    ...(state && { state }),
    onChange: createKeeper(file, say),
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

/** A state that cannot be read is only a sandbox: it starts from the seed again, and says so. */
function readState(file: string, say: Say): SandboxState | undefined {
  if (!existsSync(file)) return undefined
  const state = parseFile(file)
  if (isSandboxState(state)) return state
  const kept = moveAway(file) ? 'the old file is kept as sandbox.json.damaged' : 'the old file could not be moved away'
  say(`DATA_DIR: ${file} could not be read, so the sandbox starts from its seed; ${kept}`)
  return undefined
}

function parseFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

function moveAway(file: string): boolean {
  try {
    renameSync(file, `${file}.damaged`)
    return true
  } catch {
    return false
  }
}

/** Writes each state. One that cannot be written has happened all the same: said once, and tried again at the next change. */
function createKeeper(file: string, say: Say): (state: SandboxState) => void {
  let isTold = false
  return (state) => {
    try {
      writePrivately(file, JSON.stringify(state))
      isTold = false
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
      if (!isTold) say(`DATA_DIR: ${file} cannot be written (${code}); what changes now is lost at the next start`)
      isTold = true
    }
  }
}
