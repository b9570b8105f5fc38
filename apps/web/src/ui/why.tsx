import type { ReactNode } from 'react'

interface WhyProps {
  title: string
  detail?: string
  /** The chain of problem codes, outermost first. */
  codes?: readonly string[]
  ray?: string
  requestId?: string
  /** What leads further, such as a link to the audit entry. */
  children?: ReactNode
}

/** "Why?", folded: the reason behind what a page says in few words, with what an operator can quote. */
export function Why({ title, detail, codes = [], ray, requestId, children }: WhyProps) {
  return (
    <details className="mt-2 text-13">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-s font-medium underline decoration-1 underline-offset-3 pointer-coarse:min-h-11">
        Why?
      </summary>
      <div className="mt-1 flex max-w-[72ch] flex-col gap-1 [overflow-wrap:anywhere]">
        <p>
          {title}
          {detail && `. ${detail}`}
        </p>
        {codes.length > 0 && (
          <p>
            Because of <span className="mono text-12">{codes.join(' ← ')}</span>
          </p>
        )}
        {ray && (
          <p>
            Cloudflare Ray <span className="mono text-12">{ray}</span>
          </p>
        )}
        {requestId && (
          <p>
            Request <span className="mono text-12">{requestId}</span>
          </p>
        )}
        {children && <p>{children}</p>}
      </div>
    </details>
  )
}
