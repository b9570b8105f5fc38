import { type Identities, presented } from './identities.ts'
import type { DeviceInput, IdentityKind, Missing } from './template.ts'

/** A fact that a device asks for, and what to tell where it is not so. */
type Need = [isFulfilled: boolean, missing: Missing]

/** What is not fulfilled, in the order of the list. */
export function unfulfilled(needs: readonly Need[]): Missing[] {
  return needs.filter(([isFulfilled]) => !isFulfilled).map(([, missing]) => missing)
}

/** For devices whose replay window cannot be turned off: Cloudflare must send in order (docs/cloudflare.md, "IKE and IPsec"). */
export function replayProtection({ tunnel }: DeviceInput, why: string): Need {
  return [
    tunnel.replay_protection,
    { what: 'Replay protection', why: `${why} Turn replay protection on for this tunnel.` },
  ]
}

/** For stateful firewalls: they drop an ICMP reply that answers nothing (Cloudflare docs, "Troubleshoot tunnel health"). */
export function healthRequests({ tunnel: { health_check } }: DeviceInput): Need {
  return [
    !health_check.enabled || health_check.type !== 'reply',
    {
      what: 'Health check type',
      why: 'This device drops ICMP replies that answer no request, so the tunnel would look down. Set the type of the health check to request.',
    },
  ]
}

/** For clouds that give a BGP session no MD5 key. */
export function noMd5({ tunnel: { bgp } }: DeviceInput, cloud: string): Need {
  return [
    bgp === null || bgp.md5_key === '',
    {
      what: 'MD5 key of BGP',
      why: `${cloud} has no MD5 keys for such sessions, and this tunnel has one. Clear it on the tunnel.`,
    },
  ]
}

/** What the identity lacks that a device presents: the account number, or an address. */
export function missingIdentity(kind: IdentityKind, identities: Identities): Missing[] {
  return unfulfilled([
    [
      kind !== 'ipv4' || identities.ipv4 !== null,
      {
        what: 'Customer endpoint',
        why: 'This device names itself by its public address, and the tunnel has none.',
      },
    ],
    [
      kind === 'ipv4' || !presented(identities, kind).includes('ACCOUNT-NUMBER'),
      {
        what: 'Account number',
        why: 'It is part of the IKE identity, and Cloudflare did not say it of this tunnel. It is the number in the FQDN ID that the dashboard of Cloudflare shows.',
      },
    ],
  ])
}
