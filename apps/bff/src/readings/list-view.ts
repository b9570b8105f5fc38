import { can, type Role } from '@tunnel-console/shared/access'
import type { TunnelListAnswer } from '@tunnel-console/shared/api'
import { encodeSteps } from '@tunnel-console/shared/columns'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import type { Compress } from './compressed.ts'
import { type Body, bodyOf, ended, type Prepared } from './prepared.ts'
import { inSlices, inSteps, isMany } from './slices.ts'

/** How the tunnels stand in the answer: as a list, or as the columns of `shared/columns.ts`. */
export type ListForm = 'rows' | 'columns'

export interface ListView {
  tunnels: readonly Tunnel[]
  role: Role
  form: ListForm
  about: Omit<TunnelListAnswer, 'tunnels' | 'fetchedAt'>
  fetchedAt: string
}

/** Makes the list of tunnels as a role may see it, ready to send. `brotli`: where the runtime has it. */
export function createListViews(brotli: Compress | undefined) {
  const known = new Map<string, { tunnels: readonly Tunnel[]; rest: string; body: Body }>()

  /** Ten thousand are made in slices: others are served meanwhile. A list that says what it said is not made anew. */
  return async function prepareList({ tunnels, role, form, about, fetchedAt }: ListView): Promise<Prepared> {
    const name = `${can(role, 'tunnel.read')} ${form}`
    const rest = JSON.stringify(about).slice(1, -1)
    const before = known.get(name)
    const isAgain = before?.tunnels === tunnels && before.rest === rest
    const body = isAgain ? before.body : await bodyOf([...(await listOf(tunnels, role, form)), `,${rest}`])
    known.set(name, { tunnels, rest, body })
    return ended(body, `,"fetchedAt":${JSON.stringify(fetchedAt)}}`, fetchedAt, brotli)
  }
}

async function listOf(tunnels: readonly Tunnel[], role: Role, form: ListForm): Promise<string[]> {
  const visible = await inSlices(tunnels, (tunnel) => visibleTunnel(tunnel, role))
  return form === 'rows' ? rowsOf(visible) : columnsOf(visible)
}

async function rowsOf(visible: readonly unknown[]): Promise<string[]> {
  const rows = await inSlices(visible, (tunnel) => JSON.stringify(tunnel))
  return ['{"tunnels":[', rows.join(','), ']']
}

async function columnsOf(visible: readonly unknown[]): Promise<string[]> {
  const isLong = isMany(visible)
  const { rows, column } = await inSteps(encodeSteps(visible), isLong)
  const fields = Object.entries('fields' in column ? column.fields : {})
  if (!isLong || fields.length === 0) return ['{"columns":', JSON.stringify({ rows, column })]
  const texts = await inSlices(fields, ([name, field]) => `${JSON.stringify(name)}:${JSON.stringify(field)}`, 1)
  return [`{"columns":{"rows":${rows},"column":{"fields":{`, texts.join(','), '}}}']
}
