import { type FieldChange, maskChanges } from './diff.ts'
import type { TunnelDraft } from './draft.ts'
import { isInUse, sameValue, valueAt } from './field-values.ts'
import { fieldAt, fieldList } from './fields.ts'
import type { TunnelPatch } from './patch.ts'

/** A change that is still to come. `isAlready`: the tunnel has the new value by now. */
export interface ComingChange extends FieldChange {
  isAlready: boolean
}

/**
 * What a patch would change of a tunnel as it is now, in form order, with the fields that it names and that are so already.
 * Masked, as what may be stored. Of a secret nobody can say whether it is so already.
 */
export function comingChanges(now: TunnelDraft, patch: TunnelPatch): ComingChange[] {
  const goal = withPatch(now, patch)
  const named = fieldList.filter(
    ({ path }) => isNamed(patch, path) || !sameValue(valueAt(now, path), valueAt(goal, path)),
  )
  const changes = named
    .filter(({ path }) => isInUse(now, path) || isInUse(goal, path))
    .map(({ path, label }) => {
      const [before, after] = [valueAt(now, path), valueAt(goal, path)]
      const isSecret = fieldAt(path)?.control === 'secret'
      return { path, label, before, after, isAlready: !isSecret && sameValue(before, after) }
    })
  return maskChanges(changes)
}

function withPatch(
  now: TunnelDraft,
  { bgp, health_check: health, custom_remote_identities: ids, ...rest }: TunnelPatch,
) {
  const goal: TunnelDraft = {
    ...now,
    ...rest,
    health_check: { ...now.health_check, ...health, target: { ...now.health_check.target, ...health?.target } },
    custom_remote_identities: { ...now.custom_remote_identities, ...ids },
    bgp: bgp === undefined ? now.bgp : { ...now.bgp, ...bgp, enabled: bgp !== null },
  }
  return goal
}

function isNamed(patch: TunnelPatch, path: string): boolean {
  if (path === 'bgp.enabled') return patch.bgp !== undefined
  let at: unknown = patch
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null) return false
    at = new Map(Object.entries(at)).get(key)
  }
  return at !== undefined
}
