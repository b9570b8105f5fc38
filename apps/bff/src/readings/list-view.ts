import type { Role } from '@tunnel-console/shared/access'
import type { TunnelListAnswer } from '@tunnel-console/shared/api'
import { encodeSteps } from '@tunnel-console/shared/columns'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import type { Compress } from './compressed.ts'
import { type Prepared, preparePieces } from './prepared.ts'
import { inSlices, inSteps, isMany } from './slices.ts'

/** How the tunnels stand in the answer: as a list, or as the columns of `shared/columns.ts`. */
export type ListForm = 'rows' | 'columns'

export interface ListView {
  tunnels: readonly Tunnel[]
  role: Role
  form: ListForm
  about: Omit<TunnelListAnswer, 'tunnels' | 'fetchedAt'>
  fetchedAt: string
  /** Where the runtime has it. */
  brotli?: Compress | undefined
}

/** The list of tunnels as a role may see it, ready to send. Ten thousand are made in slices: others are served meanwhile. */
export async function prepareList({ tunnels, role, form, about, fetchedAt, brotli }: ListView): Promise<Prepared> {
  const visible = await inSlices(tunnels, (tunnel) => visibleTunnel(tunnel, role))
  const list = form === 'rows' ? await rowsOf(visible) : await columnsOf(visible)
  const rest = JSON.stringify(about).slice(1, -1)
  const last = `,"fetchedAt":${JSON.stringify(fetchedAt)}}`
  return preparePieces({ pieces: [...list, `,${rest}`], last, fetchedAt, brotli })
}

async function rowsOf(visible: readonly unknown[]): Promise<string[]> {
  const rows = await inSlices(visible, (tunnel) => JSON.stringify(tunnel))
  return ['{"tunnels":[', rows.join(','), ']']
}

async function columnsOf(visible: readonly unknown[]): Promise<string[]> {
  const columns = await inSteps(encodeSteps(visible), isMany(visible))
  return ['{"columns":', JSON.stringify(columns)]
}
