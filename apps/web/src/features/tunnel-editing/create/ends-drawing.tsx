import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { cloudflareAsn, interfaceAddressProblem } from '@tunnel-console/shared/field-rules'
import { parseCidr, parseIpv4, peerAddress } from '@tunnel-console/shared/ip'
import { ArrowLeft, ArrowLeftRight, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { KeyPlan } from './creation-draft.ts'

interface EndsDrawingProps {
  draft: TunnelDraft
  isMobile: boolean
  keyPlan: KeyPlan
}

/** Both ends of the tunnel as far as they are known. It is text all through, so it needs no other telling. */
export function EndsDrawing({ draft, isMobile, keyPlan }: EndsDrawingProps) {
  const { bgp, interface_address: own } = draft
  const isInside = interfaceAddressProblem(own) === null
  const peer = isInside ? `${peerAddress(own)}/${parseCidr(own)?.prefixLength}` : null
  return (
    <section aria-label="Both ends so far" className="rounded-m border border-line bg-canvas p-3">
      <div className="grid items-stretch gap-2 sm:grid-cols-[minmax(0,1fr)_9rem_minmax(0,1fr)]">
        <End title="Cloudflare">
          <Row name="Outside" value={addressOf(draft.cloudflare_endpoint)} />
          <Row name="Inside" value={isInside ? own : null} />
          {bgp.enabled && <Row name="BGP" value={`AS ${cloudflareAsn}`} />}
        </End>
        <Between draft={draft} keyPlan={keyPlan} />
        <End title="Your device">
          <Row name="Outside" value={addressOf(draft.customer_endpoint)} none={isMobile ? 'changes' : undefined} />
          <Row name="Inside" value={peer} />
          {bgp.enabled && <Row name="BGP" value={asnOf(bgp.customer_asn)} />}
        </End>
      </div>
    </section>
  )
}

const addressOf = (text: string) => (parseIpv4(text) === null ? null : text)
const asnOf = (asn: number | null) => (asn === null || Number.isNaN(asn) ? null : `AS ${asn}`)

const keyWords: Record<KeyPlan, string> = {
  generate: 'key: generated',
  own: 'key: yours',
  later: 'no key yet',
}

/** Who speaks first, and what goes to and fro. Cloudflare never begins: it only answers (its docs on IKE). */
function Between({ draft, keyPlan }: Pick<EndsDrawingProps, 'draft' | 'keyPlan'>) {
  const { health_check } = draft
  return (
    <div className="flex flex-col justify-center gap-1 py-1 text-center text-12 text-fg-2">
      <p className="flex items-center justify-center gap-1.5">
        <ArrowLeft aria-hidden size={14} className="hidden shrink-0 sm:block" />
        <ArrowUp aria-hidden size={14} className="shrink-0 sm:hidden" />
        The device calls
      </p>
      <div
        aria-hidden
        className="mx-auto h-6 border-l-4 border-double border-fg-3 sm:h-0 sm:w-full sm:border-t-4 sm:border-l-0"
      />
      <p>IPsec, {keyWords[keyPlan]}</p>
      <p className="flex items-center justify-center gap-1.5 text-fg-3">
        {health_check.enabled && <ArrowLeftRight aria-hidden size={12} className="shrink-0" />}
        {health_check.enabled ? `probes: ${health_check.type}` : 'no probes'}
      </p>
    </div>
  )
}

function End({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0 rounded-s border border-line bg-surface px-3 py-2">
      <p className="mb-1 text-13 font-medium">{title}</p>
      <dl className="flex flex-col gap-0.5 text-13">{children}</dl>
    </div>
  )
}

function Row({
  name,
  value,
  none = 'not known yet',
}: {
  name: string
  value: string | null
  none?: string | undefined
}) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-12 text-fg-3">{name}</dt>
      <dd className="min-w-0 text-right [overflow-wrap:anywhere]">
        {value === null ? <span className="text-fg-3">{none}</span> : <span className="mono">{value}</span>}
      </dd>
    </div>
  )
}
