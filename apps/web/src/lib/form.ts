import { fieldOfPointer } from '@tunnel-console/shared/fields'
import type { ProblemError } from '@tunnel-console/shared/problem'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'

/** The form's field for a pointer: the tunnel's fields first, else the pointer's own path if the form has it. */
function pathOf<Values extends FieldValues>(form: UseFormReturn<Values>, pointer: string): FieldPath<Values> | null {
  const path = fieldOfPointer(pointer)?.path ?? pointer.slice(1).replaceAll('/', '.')
  let value: unknown = form.getValues()
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !(key in value)) return null
    value = (value as Record<string, unknown>)[key]
  }
  return path as FieldPath<Values>
}

/**
 * Puts a problem where it belongs: each error with a known pointer on its field, with its source as the error's
 * `type`, and the rest on `root`. Gives back what found no field.
 */
export function showProblem<Values extends FieldValues>(form: UseFormReturn<Values>, error: ProblemError): string[] {
  const homeless: string[] = []
  for (const { pointer, detail, source } of error.problem.errors ?? []) {
    const path = pathOf(form, pointer)
    if (path) form.setError(path, { type: source, message: detail })
    else homeless.push(detail)
  }
  const hasFieldErrors = (error.problem.errors?.length ?? 0) > homeless.length
  const rest = homeless.length > 0 ? homeless.join(' ') : hasFieldErrors ? undefined : error.message
  if (rest) form.setError('root', { type: error.problem.code, message: rest })
  return homeless
}
