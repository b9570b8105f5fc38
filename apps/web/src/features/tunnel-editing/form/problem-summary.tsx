import type { FieldPath } from '@tunnel-console/shared/field'
import { fieldList } from '@tunnel-console/shared/fields'
import type { TunnelFormValues } from '@tunnel-console/shared/form'
import type { Problem } from '@tunnel-console/shared/problem'
import { useEffect } from 'react'
import { type FieldErrors, get } from 'react-hook-form'
import { ErrorSummary } from '../../../ui/error-summary.tsx'
import type { TunnelForm } from './use-tunnel-form.ts'

interface ProblemSummaryProps {
  kit: TunnelForm
  /** What Cloudflare or the BFF answered; `null` when our own checks stopped it. */
  problem: Problem | null
  /** Leads to a field that is not on this page. */
  onFix?: (path: FieldPath) => void
}

/** Everything that is wrong, in form order, with the way to each field; and what Cloudflare says of no field. */
export function ProblemSummary({ kit, problem, onFix }: ProblemSummaryProps) {
  const errors = problemsOn(kit.errors)
  const said = new Set(errors.map(({ message }) => message))
  const upstream = (problem?.upstream ?? []).filter(({ message }) => !said.has(message))
  const homeless = (problem?.errors ?? []).filter(({ detail, source }) => source === 'console' && !said.has(detail))
  const hasNothing = errors.length + upstream.length + homeless.length === 0
  // The title of the tab is outside React.
  useEffect(() => {
    const { title } = document
    document.title = `Error: ${title}`
    return () => {
      document.title = title
    }
  }, [])
  return (
    <ErrorSummary
      errors={errors.map(({ path, label, message }) => ({
        label,
        message,
        focus: () => (onFix ?? kit.form.setFocus)(path),
      }))}
      upstream={upstream}
    >
      {homeless.map(({ detail }) => detail).join(' ')}
      {hasNothing && (problem?.detail ?? problem?.title)}
    </ErrorSummary>
  )
}

/** The errors of a form, in form order. */
export function problemsOn(errors: FieldErrors<TunnelFormValues>) {
  return fieldList.flatMap(({ path, label }) => {
    const message = (get(errors, path) as { message?: string } | undefined)?.message
    return message ? [{ path, label, message }] : []
  })
}
