import type { FieldProblem, Neighbour } from '../form.ts'
import { cidrsOverlap, parseCidr } from '../ip.ts'

/** One that has a name and a subnet, whether it is there already or only in a file. */
export interface Placed extends Neighbour {
  /** Its row in the file; `null`: it is there already. */
  line: number | null
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
      ...(namesake && name !== '' ? [{ path: 'name', message: takenBy(namesake) }] : []),
      ...(clash
        ? [{ path: 'interface_address', message: `Overlaps ${wordsOf(clash)} (${clash.interface_address})` }]
        : []),
    ]
  }
}

const takenBy = ({ name, line }: Placed) =>
  line === null ? `Another tunnel is called ${name} already` : `Row ${line} of this file has this name already`

const wordsOf = ({ id, name, line }: Placed) => (line === null ? name || id : `row ${line} of this file`)

function push<K>(map: Map<K, Placed[]>, key: K, one: Placed): void {
  const known = map.get(key)
  if (known) known.push(one)
  else map.set(key, [one])
}
