import type { UpstreamError } from '@tunnel-console/shared/problem'
import type { ReactNode } from 'react'
import { Upstream } from './error-panel.tsx'

interface ErrorSummaryProps {
  /** One line per bad field. `focus` moves to it: `() => form.setFocus(name)`. */
  errors: readonly { label: string; message: string; focus: () => void }[]
  /** What belongs to no field. */
  upstream?: readonly UpstreamError[]
  children?: ReactNode
}

/** The top of a form after a failed check. Focus moves here when it appears. */
export function ErrorSummary({ errors, upstream = [], children }: ErrorSummaryProps) {
  return (
    <section
      ref={focusOnce}
      tabIndex={-1}
      aria-labelledby="error-summary"
      className="rounded-m border border-l-4 border-line border-l-down-fill bg-surface px-4 py-3"
    >
      <h2 id="error-summary" className="text-16 font-semibold">
        There is a problem
      </h2>
      {children && <div className="mt-1 text-14 text-fg-2">{children}</div>}
      <ul className="mt-1.5 flex flex-col gap-1 text-14">
        {errors.map(({ label, message, focus }) => (
          <li key={`${label} ${message}`}>
            <button
              type="button"
              onClick={focus}
              className="min-h-6 text-left text-down-fg underline underline-offset-3"
            >
              {label}: {message}
            </button>
          </li>
        ))}
      </ul>
      {upstream.length > 0 && <Upstream errors={upstream} />}
    </section>
  )
}

function focusOnce(node: HTMLElement | null): void {
  node?.focus()
}
