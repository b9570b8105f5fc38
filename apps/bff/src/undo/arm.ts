import type { FieldChange } from '@tunnel-console/shared/diff'
import { patchOf, type TunnelPatch } from '@tunnel-console/shared/patch'
import { type FieldError, ProblemError } from '@tunnel-console/shared/problem'
import type { Plan } from '../changes/kind.ts'

/** What an undo writes back, and over which fields. */
export interface Undoing {
  patch: TunnelPatch
  changes: FieldChange[]
}

/**
 * What would write the former values back. `null`: the change is in place already, so there is nothing to undo. Throws
 * `invalid`, before anything is sent, for a change that could not be taken back as it was: the console keeps no key.
 */
export function undoingOf({ facts: { before, goal }, changes, seen }: Plan): Undoing | null {
  if (!before || !goal) throw refused('Only a change of a tunnel’s settings can undo itself.')
  if (changes.length === 0) return null
  if (changes.some(({ path }) => path === 'bgp.md5_key')) {
    throw refused(
      'A change of the MD5 key cannot undo itself, since the console does not keep the key.',
      '/bgp/md5_key',
    )
  }
  const isOff = before.bgp.enabled && !goal.bgp.enabled
  if (isOff && before.bgp.md5_key !== '') {
    throw refused(
      'Turning off BGP with an MD5 key cannot undo itself, since the console does not keep the key.',
      '/bgp',
    )
  }
  if (isOff && (seen?.bgp?.import_filter_id || seen?.bgp?.export_filter_id)) {
    throw refused('Turning off BGP with route filters cannot undo itself, since the console cannot set them.', '/bgp')
  }
  return { patch: patchOf(goal, before), changes }
}

/** Says that a change that is asked to undo itself changes nothing. */
export function nothingToUndo(): ProblemError {
  return refused('The tunnel is so already: there is nothing that could undo itself.')
}

function refused(detail: string, pointer?: string): ProblemError {
  const errors: FieldError[] = pointer === undefined ? [] : [{ pointer, detail, source: 'console' }]
  return ProblemError.of('invalid', { detail, ...(errors.length > 0 && { errors }) })
}
