import type { Parameters } from '@tunnel-console/device-config/parameters'

/** One change to a generated file that this test makes and a reader would not. */
interface Adaptation {
  what: string
  from: string
  to: string
}

/** A text with each change made once, and what was changed. Throws when a change finds nothing: the template has moved on. */
export function adapted(text: string, changes: readonly Adaptation[]): string {
  return changes.reduce((before, { what, from, to }) => {
    if (!before.includes(from)) throw new Error(`Nothing to adapt (${what}): the file has no ${JSON.stringify(from)}`)
    return before.replace(from, () => to)
  }, text)
}

/** ESP in user space has no interface of its own, so it takes policies for the two inside addresses, within UDP. */
export function forUserSpace({ cloudflare, device, mark }: Parameters): Adaptation[] {
  return [
    {
      what: 'only what goes between the inside addresses',
      from: 'local_ts = 0.0.0.0/0',
      to: `local_ts = ${device.inside}/32`,
    },
    { what: 'the same for the other end', from: 'remote_ts = 0.0.0.0/0', to: `remote_ts = ${cloudflare.inside}/32` },
    { what: 'no XFRM interface inwards', from: `if_id_in = ${mark}`, to: '# if_id_in' },
    { what: 'no XFRM interface outwards', from: `if_id_out = ${mark}`, to: '# if_id_out' },
    { what: 'ESP within UDP always', from: 'mobike = no', to: 'mobike = no\n    encap = yes' },
  ]
}

/** The network that the device announces. */
export const lan = '192.0.2.0/24'

/** What the reader decides, and a session that is bound to no interface, since ESP in user space has none for it. */
export const birdChanges: Adaptation[] = [
  {
    what: `the reader names ${lan} as the network behind the device`,
    from: '# route DECIDE-1-LAN-NETWORK blackhole;',
    to: `route ${lan} blackhole;`,
  },
  { what: 'BIRD binds the session to no interface', from: '  hold time', to: '  multihop 2;\n  hold time' },
]

export const frrChanges = (label: string): Adaptation[] => [
  {
    what: `the reader names ${lan} as the network behind the device`,
    from: `! ip prefix-list ${label}-out seq 5 permit DECIDE-1-LAN-NETWORK`,
    to: `ip prefix-list ${label}-out seq 5 permit ${lan}`,
  },
  { what: 'and again where it is announced', from: '  ! network DECIDE-1-LAN-NETWORK', to: `  network ${lan}` },
]
