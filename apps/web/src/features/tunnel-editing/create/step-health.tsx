import type { FieldPath } from '@tunnel-console/shared/field'
import { cloudflareAsn } from '@tunnel-console/shared/field-rules'
import { isInUse } from '@tunnel-console/shared/field-values'
import { formatIpv4, parseCidr, peerAddress } from '@tunnel-console/shared/ip'
import { usualFor, vendorOf } from '@tunnel-console/shared/vendor-defaults'
import { valueWords } from '@tunnel-console/shared/words'
import type { ReactNode } from 'react'
import { lookOf } from '../form/field-looks.ts'
import { TunnelField } from '../form/tunnel-field.tsx'
import { fieldOf, type StepProps } from './step-part.ts'

const groups: readonly { title: string; paths: readonly FieldPath[] }[] = [
  {
    title: 'Health check',
    paths: [
      'health_check.enabled',
      'health_check.rate',
      'health_check.type',
      'health_check.direction',
      'health_check.target.saved',
    ],
  },
  { title: 'BGP', paths: ['bgp.enabled', 'bgp.customer_asn', 'bgp.extra_prefixes', 'bgp.md5_key'] },
  { title: 'Protection', paths: ['replay_protection', 'automatic_return_routing'] },
]

/** How Cloudflare sees that the tunnel lives, and how routes come over it. */
export function HealthStep({ creation }: StepProps) {
  const { draft } = creation.creating.kit
  const vendor = vendorOf(creation.facts.vendor)
  return (
    <>
      <p className="text-13 text-fg-3">
        {vendor ? `As usual for ${vendor.label}; change what you know better.` : 'As usual for most devices.'}
        {vendor?.note && ` ${vendor.note}`}
      </p>
      {groups.map(({ title, paths }) => (
        <section key={title} aria-label={title} className="flex flex-col gap-5 border-t border-line pt-5">
          {paths
            .filter((path) => isInUse(draft, path))
            .map((path) => (
              <StepField key={path} creation={creation} path={path} />
            ))}
          {title === 'BGP' && draft.bgp.enabled && <BgpNote interfaceAddress={draft.interface_address} />}
        </section>
      ))}
    </>
  )
}

/** A field with the reason of what stands in it, where a kind of device has one. */
function StepField({ creation, path }: { creation: StepProps['creation']; path: FieldPath }) {
  const { kit } = creation.creating
  const field = fieldOf(path)
  const reason = reasonFor(creation, path)
  const usual = lookOf(path, kit).hint ?? field.hint
  const hint = reason && (
    <>
      {usual} {reason}
    </>
  )
  return <TunnelField kit={kit} field={field} hint={hint} />
}

function reasonFor({ creating, facts }: StepProps['creation'], path: FieldPath): ReactNode {
  const entry = usualFor(creating.kit.draft, facts.vendor, path)
  if (!entry) return null
  const label = vendorOf(facts.vendor)?.label
  return (
    <span className="block text-fg-2">
      {entry.isKept ? `Set for ${label}. ` : `For ${label} ${valueWords(path, entry.value)} is usual; yours is kept. `}
      {entry.reason}
    </span>
  )
}

/** Whom the device has to peer with. Static routes win over BGP where their priority is the same (Cloudflare's docs on routes). */
function BgpNote({ interfaceAddress }: { interfaceAddress: string }) {
  const cidr = peerAddress(interfaceAddress) === null ? null : parseCidr(interfaceAddress)
  const peer = cidr ? formatIpv4(cidr.address) : 'Cloudflare’s inside address'
  return (
    <p className="text-13 text-fg-3">
      The device opens the session, to <span className="mono">{peer}</span>, AS {cloudflareAsn}. Static routes win over
      BGP at equal priority.
    </p>
  )
}
