import type { ReactNode } from 'react'
import { codesText } from '../lib/codes.ts'

export interface Reason {
  /** Whose reason it is, where there may be several: "Health data". */
  of?: string
  title: string
  detail?: string
  code: string
  /** What led to it: a chain of codes, outermost first. */
  causes?: readonly string[]
}

interface WhyProps {
  reasons: readonly Reason[]
  ray?: string
  requestId?: string
  /** What leads further, such as a link to the audit entry. */
  children?: ReactNode
}

/** "Why?", folded: the reason behind what a page says in few words, with what an operator can quote. */
export function Why({ reasons, ray, requestId, children }: WhyProps) {
  return (
    <details className="mt-2 text-13">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-s font-medium underline decoration-1 underline-offset-3 pointer-coarse:min-h-11">
        Why?
      </summary>
      <div className="mt-1 flex max-w-[72ch] flex-col gap-1 [overflow-wrap:anywhere]">
        {reasons.map((reason) => (
          <p key={`${reason.of} ${reason.code}`}>
            {reason.of && `${reason.of}: `}
            {reason.title}
            {reason.detail && `. ${reason.detail}`} <span className="mono text-12">{codesText(reason)}</span>
          </p>
        ))}
        {ray && <Id name="Cloudflare Ray" value={ray} />}
        {requestId && <Id name="Request" value={requestId} />}
        {children && <p>{children}</p>}
      </div>
    </details>
  )
}

function Id({ name, value }: { name: string; value: string }) {
  return (
    <p>
      {name} <span className="mono text-12">{value}</span>
    </p>
  )
}
