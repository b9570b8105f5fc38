import type { Tunnel } from '../tunnel.ts'
import { keyNote, wireOf } from './carried.ts'

/** How the file names itself, so that it is known again, and by which version of the format it was written. */
export const jsonFormat = { name: 'tunnel-console/tunnels', version: 1 } as const

/** Where and when an export was made. `at` is UTC, ISO 8601. */
export interface Exported {
  account: string
  at: string
}

/** Tunnels as JSON: Cloudflare's field names, the writable fields and the id. `read-sheet.ts` reads it back. */
export function tunnelsJson(tunnels: readonly Tunnel[], { account, at }: Exported): string {
  const head = { format: jsonFormat.name, version: jsonFormat.version, account, exported_at: at, note: keyNote }
  return `${JSON.stringify({ ...head, tunnels: tunnels.map(wireOf) }, null, 2)}\n`
}
