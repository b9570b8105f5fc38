import type { FieldPath } from '../field.ts'
import { fields } from '../fields.ts'
import { carriedPaths } from './carried.ts'
import { plainName } from './key-columns.ts'

/** What a column of a file is; `null`: it is not used. */
export type Target = FieldPath | 'id' | null

/** Everything that a column can be, in the order of the form. */
export const targets: readonly Exclude<Target, null>[] = ['id', ...carriedPaths]

export const targetLabel = (target: Exclude<Target, null>): string => (target === 'id' ? 'Id' : fields[target].label)

/** What people call these columns beside the field's path and label. */
const alsoCalled: Partial<Record<Exclude<Target, null>, readonly string[]>> = {
  id: ['tunnel id', 'ipsec_tunnel_id', 'uuid'],
  name: ['tunnel', 'tunnel name'],
  description: ['note', 'notes', 'comment'],
  cloudflare_endpoint: ['cloudflare ip', 'anycast', 'anycast ip', 'cloudflare address'],
  customer_endpoint: ['customer ip', 'peer', 'public ip', 'device ip', 'remote ip'],
  interface_address: ['inside address', 'interface', 'inside ip', 'tunnel address'],
  interface_address6: ['inside address ipv6', 'ipv6'],
  'health_check.enabled': ['health', 'health check enabled'],
  'health_check.rate': ['rate'],
  'health_check.type': ['type'],
  'health_check.direction': ['direction'],
  'health_check.target.saved': ['health check target', 'target'],
  'bgp.enabled': ['bgp enabled'],
  'bgp.customer_asn': ['asn', 'bgp asn'],
  'bgp.extra_prefixes': ['prefixes'],
  replay_protection: ['anti replay'],
  automatic_return_routing: ['arr'],
  'custom_remote_identities.fqdn_id': ['fqdn', 'custom fqdn'],
}

const byName = new Map(
  targets.flatMap((target) =>
    [target, targetLabel(target), ...(alsoCalled[target] ?? [])].map((name) => [plainName(name), target] as const),
  ),
)

/** What each column most likely is, by its name. No field is given to two columns. */
export function guessTargets(columns: readonly string[]): Target[] {
  const taken = new Set<Target>()
  return columns.map((column) => {
    const target = byName.get(plainName(column)) ?? null
    if (target === null || taken.has(target)) return null
    taken.add(target)
    return target
  })
}

/** Fields that a new tunnel cannot do without, and that no column of the file is. */
export function missingTargets(mapping: readonly Target[]): FieldPath[] {
  const needed: FieldPath[] = ['name', 'cloudflare_endpoint', 'interface_address']
  return needed.filter((path) => !mapping.includes(path))
}
