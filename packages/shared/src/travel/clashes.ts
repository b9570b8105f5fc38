import type { FieldProblem, Neighbour } from '../form.ts'
import { cidrsOverlap, parseCidr } from '../ip.ts'

/** One that has a name and a subnet, whether it is there already or only in a file. */
export interface Placed extends Neighbour {
  /** How it is told: "zurich-a", or "zurich-b in row 7". */
  words: string
}

/**
 * Finds names and subnets that are taken, among thousands: subnets of tunnels are /30 or /31, so only those within the same
 * /30 can share an address. The few that are larger are compared one by one.
 */
export function createClashes(taken: readonly Placed[]) {
  const byName = new Map<string, Placed[]>()
  const bySubnet = new Map<number, Placed[]>()
  const large: Placed[] = []
  for (const one of taken) {
    push(byName, one.name, one)
    const cidr = parseCidr(one.interface_address)
    if (!cidr) continue
    if (cidr.prefixLength >= 30) push(bySubnet, cidr.address >>> 2, one)
    else large.push(one)
  }
  /** What is wrong with a name and a subnet beside all the others. `id` is its own. */
  return ({ id, name, interface_address }: Neighbour): FieldProblem[] => {
    const namesake = byName.get(name)?.find((other) => other.id !== id)
    const cidr = parseCidr(interface_address)
    const near = cidr ? [...(bySubnet.get(cidr.address >>> 2) ?? []), ...large] : []
    const clash = near.find((other) => other.id !== id && cidrsOverlap(other.interface_address, interface_address))
    return [
      ...(namesake && name !== '' ? [{ path: 'name', message: `${namesake.words} has this name already` }] : []),
      ...(clash
        ? [{ path: 'interface_address', message: `Overlaps ${clash.words} (${clash.interface_address})` }]
        : []),
    ]
  }
}

function push<K>(map: Map<K, Placed[]>, key: K, one: Placed): void {
  const known = map.get(key)
  if (known) known.push(one)
  else map.set(key, [one])
}
