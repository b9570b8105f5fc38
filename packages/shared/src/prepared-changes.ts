import type { TunnelDraft } from './draft.ts'
import type { TunnelPatch } from './patch.ts'
import type { PreparedName } from './prepared-names.ts'

/** What each of them changes. */
export const preparedChanges = {
  'monitor-it': { health_check: { enabled: true } },
  'probe-by-request': { health_check: { type: 'request' } },
  'protect-from-replay': { replay_protection: true },
} as const satisfies Record<PreparedName, Pick<TunnelPatch, 'health_check' | 'replay_protection'>>

const names = Object.keys(preparedChanges) as PreparedName[]

/** The name of a patch that a cause suggests; `undefined` for one that is not known here. */
export const nameOfPatch = (patch: object): PreparedName | undefined =>
  names.find((name) => JSON.stringify(preparedChanges[name]) === JSON.stringify(patch))

/** The live tunnel with a prepared change laid over it; all else stays as it is. */
export function withPrepared(live: TunnelDraft, name: PreparedName): TunnelDraft {
  const patch: Pick<TunnelPatch, 'health_check' | 'replay_protection'> = preparedChanges[name]
  return {
    ...live,
    replay_protection: patch.replay_protection ?? live.replay_protection,
    health_check: {
      ...live.health_check,
      enabled: patch.health_check?.enabled ?? live.health_check.enabled,
      type: patch.health_check?.type ?? live.health_check.type,
    },
  }
}
