import { interfaceAddressProblem } from '@tunnel-console/shared/field-rules'
import { parseCidr, peerAddress } from '@tunnel-console/shared/ip'
import { ArrowLeftRight } from 'lucide-react'

/** Which end gets which address: the question that a single typed address leaves open. */
export function BothEnds({ interfaceAddress }: { interfaceAddress: string }) {
  const peer = peerAddress(interfaceAddress)
  const length = parseCidr(interfaceAddress)?.prefixLength
  const isKnown = peer !== null && interfaceAddressProblem(interfaceAddress) === null
  return (
    <dl className="grid grid-cols-[1fr_auto_1fr] items-center rounded-m border border-line bg-canvas px-4 py-2.5">
      <End name="Cloudflare end" value={isKnown ? interfaceAddress : null} />
      <div aria-hidden className="px-3 text-fg-3">
        <ArrowLeftRight size={16} />
      </div>
      <End name="Your end" value={isKnown ? `${peer}/${length}` : null} />
    </dl>
  )
}

function End({ name, value }: { name: string; value: string | null }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-fg-3">{name}</dt>
      <dd className="mono min-h-5 [overflow-wrap:anywhere]">{value ?? '–'}</dd>
    </div>
  )
}
