import { ProblemError } from '@tunnel-console/shared/problem'
import { z } from 'zod'
import type { Reply } from './envelope.ts'

/** A GRE tunnel or an interconnect, as far as it occupies inside addresses. */
export interface Network {
  /** `null` where Cloudflare gave none. */
  id: string | null
  name: string
  /** As Cloudflare has it; an empty text where there is none. */
  interfaceAddress: string
}

const text = z.string().catch('')
const Network = z.object({ id: z.string().nullable().catch(null), name: text, interface_address: text })
const Lease = z.object({ cidrs: z.array(z.string()).catch([]) })

/** The networks in `result[key]`. Throws when there is no such list: then nothing was checked. */
export function networksIn({ result }: Pick<Reply, 'result'>, key: 'gre_tunnels' | 'interconnects'): Network[] {
  const list = z.object({ [key]: z.array(z.unknown()) }).safeParse(result).data?.[key]
  if (!list) throw ProblemError.of('upstream-unexpected', { detail: `The list ${key} is missing` })
  return list.flatMap((entry) => {
    const { data } = Network.safeParse(entry)
    return data ? [{ id: data.id, name: data.name, interfaceAddress: data.interface_address }] : []
  })
}

/** The CIDRs that are leased to the account: `result` is a list of leases, each with some. */
export function leasesIn({ result }: Pick<Reply, 'result'>): string[] {
  const list = z.array(z.unknown()).safeParse(result)
  if (!list.success) throw ProblemError.of('upstream-unexpected', { detail: 'The list of leases is missing' })
  return list.data.flatMap((entry) => Lease.safeParse(entry).data?.cidrs ?? [])
}
