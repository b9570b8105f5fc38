import type { BgpFacts, Dialect } from '../facts.ts'

/** `10.252.0.38  4  13335  406  380  8  0  0  02:13:44  7`; the last column is a number of prefixes once the session is up. */
const row =
  /^\*?((?:\d{1,3}\.){3}\d{1,3}) {1,40}4 {1,40}(\d{1,10})(?: {1,40}\d{1,12}){5} {1,20}\S{1,16} {1,40}(\d{1,9}\b|\(Policy\)|[A-Z][A-Za-z]{3,12}\b)/
const own = /\blocal AS number (\d{1,10})\b/

/** The table that FRR and all that descends from it or looks like it give: one line for each neighbour. */
export const bgpSummary: Dialect = {
  title: 'FortiGate, get router info bgp summary; Cisco IOS XE and FRR, show ip bgp summary',
  tested: 'public examples, not a device of ours',
  read(lines) {
    const sessions: BgpFacts[] = []
    let localAsn: string | null = null
    for (const line of lines) {
      localAsn = own.exec(line)?.[1] ?? localAsn
      const [, neighbour, remoteAsn = null, last = ''] = row.exec(line.trim()) ?? []
      if (neighbour === undefined) continue
      // FRR writes "(Policy)" of a session that is up and lets nothing through before a policy says so.
      const state = /^[A-Z]/.test(last) ? last : 'Established'
      sessions.push({ neighbour, localAsn, remoteAsn, state })
    }
    return sessions.length === 0 ? null : { connections: [], sessions }
  },
  mend: {},
  elsewhere: {},
}
