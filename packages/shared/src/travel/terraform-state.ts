import type { Read } from './sheet.ts'
import { isPlain, sheetOfObjects } from './sheet-json.ts'

type Plain = Record<string, unknown>

const resource = 'cloudflare_magic_wan_ipsec_tunnel'
const olderResource = 'cloudflare_ipsec_tunnel'

/**
 * The tunnels of a Terraform state: what `terraform show -json` prints (of a state, or of a plan with what it plans), or a raw
 * state of version 4, modules included. `null`: the JSON is neither.
 */
export function stateOf(value: unknown): Read | null {
  if (!isPlain(value)) return null
  const isShown = typeof value['format_version'] === 'string'
  const isRaw = typeof value['terraform_version'] === 'string' && Array.isArray(value['resources'])
  if (!isShown && !isRaw) return null
  if (isRaw && value['version'] !== 4)
    return failed(`This is a Terraform state of version ${String(value['version'])}; 4 is read.`)
  const found = isRaw ? rawResources(value) : shownResources(value['planned_values'] ?? value['values'])
  const ours = found.filter(({ type }) => type === resource).map(({ attributes }) => attributes)
  const older = found.filter(({ type }) => type === olderResource).length
  if (ours.length === 0) return failed(`There is no ${resource} in this Terraform state.`)
  const accounts = new Set(ours.flatMap(({ account_id }) => (typeof account_id === 'string' ? [account_id] : [])))
  const notes = older > 0 ? [`${older} of ${olderResource} (provider 4) were not read.`] : []
  return { sheet: sheetOfObjects('terraform', ours.map(completed), [...accounts], notes) }
}

interface Found {
  type: string
  attributes: Plain
}

const listOf = (value: unknown): Plain[] => (Array.isArray(value) ? value.filter(isPlain) : [])

function shownResources(values: unknown): Found[] {
  const ofModule = (module: Plain): Found[] => [
    ...listOf(module['resources'])
      .filter(({ mode }) => mode === 'managed')
      .map(({ type, values: attributes }) => ({
        type: String(type),
        attributes: isPlain(attributes) ? attributes : {},
      })),
    ...listOf(module['child_modules']).flatMap(ofModule),
  ]
  const root = isPlain(values) ? values['root_module'] : null
  return isPlain(root) ? ofModule(root) : []
}

function rawResources(state: Plain): Found[] {
  return listOf(state['resources'])
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, instances }) =>
      listOf(instances)
        // One that waits to be destroyed is no part of how it should be.
        .filter(({ deposed }) => deposed === undefined)
        .map(({ attributes }) => ({ type: String(type), attributes: isPlain(attributes) ? attributes : {} })),
    )
}

/** The provider reads what Cloudflare leaves out as `false` of these, and writes `null` for groups that are not there. */
function completed(attributes: Plain): Plain {
  const { replay_protection, automatic_return_routing, custom_remote_identities } = attributes
  return {
    ...attributes,
    ...(replay_protection === null && { replay_protection: false }),
    ...(automatic_return_routing === null && { automatic_return_routing: false }),
    ...(custom_remote_identities === null && { custom_remote_identities: { fqdn_id: '' } }),
  }
}

function failed(message: string): Read {
  return { problems: [{ line: null, message }] }
}
