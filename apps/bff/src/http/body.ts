import { type FieldError, ProblemError } from '@tunnel-console/shared/problem'
import type { z } from 'zod'

const maxDepth = 8

/**
 * A body by its schema, or throws: `bad-request` for what no form of ours could send (unknown keys, a prototype key, too
 * deep), `invalid` with one entry a field for values that a person can mend.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  refuseHostileShape(value, '', 0)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues
  const errors = issues.flatMap((issue): FieldError[] => {
    const pointer = pointerOf(issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message, source: 'console' }]
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapePointer(key)}`,
      detail: 'This field is not known here',
      source: 'console',
    }))
  })
  const isMalformed = issues.some((issue) => issue.code === 'unrecognized_keys')
  throw ProblemError.of(isMalformed ? 'bad-request' : 'invalid', { errors })
}

/** For a write that takes no fields: what somebody sends along would be silently ignored, a key to set for example (S09). */
export function refuseBody(text: string): void {
  if (text.trim() === '' || /^\s*\{\s*\}\s*$/.test(text)) return
  throw ProblemError.of('bad-request', { detail: 'This request takes no fields' })
}

function refuseHostileShape(value: unknown, pointer: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth >= maxDepth) throw ProblemError.of('bad-request', { detail: `The JSON is nested deeper than ${maxDepth}` })
  for (const [key, child] of Object.entries(value)) {
    const place = `${pointer}/${escapePointer(key)}`
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      const errors: FieldError[] = [{ pointer: place, detail: 'This key is refused', source: 'console' }]
      throw ProblemError.of('bad-request', { errors })
    }
    refuseHostileShape(child, place, depth + 1)
  }
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapePointer(String(key))}`).join('')
}

function escapePointer(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}
