import type { Problem, UpstreamError } from '@tunnel-console/shared/problem'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Retry } from './retry.tsx'

interface ErrorPanelProps {
  problem: Problem
  onRetry?: () => void
  isRetrying?: boolean
  /** Announce at once: for what follows an action. A page that failed to load is read anyway. */
  isAlert?: boolean
  /** More of it, which may change without being read out. */
  children?: ReactNode
}

/** A Problem as it is: our words, Cloudflare's words, and the ids a person can quote. */
export function ErrorPanel({ problem, onRetry, isRetrying, isAlert, children }: ErrorPanelProps) {
  return (
    <section className="rounded-m border border-l-4 border-line border-l-down-fill bg-surface px-4 py-3 text-14">
      <div role={isAlert ? 'alert' : undefined}>
        <p className="flex items-center gap-2 font-semibold">
          <CircleAlert aria-hidden size={16} className="shrink-0 text-down-fg" />
          {problem.title}
        </p>
        {problem.detail && <p className="mt-1 max-w-[72ch] text-fg-2">{problem.detail}</p>}
        {problem.upstream && problem.upstream.length > 0 && <Upstream errors={problem.upstream} />}
        <Ids problem={problem} />
      </div>
      {children}
      <Retry key={problem.requestId} onRetry={onRetry} isRetrying={isRetrying} after={problem.retryAfter} />
    </section>
  )
}

export function Upstream({ errors }: { errors: readonly UpstreamError[] }) {
  return (
    <div className="mt-2">
      <p className="text-13 font-medium">Cloudflare says</p>
      <ul className="mt-0.5 list-disc pl-5 text-13 text-fg-2">
        {errors.map((error) => (
          <li key={`${error.code} ${error.message}`}>
            {error.message}
            {error.code !== undefined && <span className="mono"> ({error.code})</span>}
            {error.documentation_url?.startsWith('https://') && (
              <>
                {' '}
                <a className="text-accent underline" href={error.documentation_url} target="_blank" rel="noreferrer">
                  Documentation
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Ids({ problem: { requestId, ray } }: { problem: Problem }) {
  if (!requestId && !ray) return null
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 text-12 text-fg-3">
      {requestId && (
        <span>
          Request <span className="mono text-12">{requestId}</span>
        </span>
      )}
      {ray && (
        <span>
          Cloudflare Ray <span className="mono text-12">{ray}</span>
        </span>
      )}
    </p>
  )
}
