import type { TunnelDraft } from './draft.ts'
import type { TunnelPatch } from './patch.ts'

/** Changes that a cause can suggest, by name: an address names one, so that no link can lay values of its own into a form. */
export const preparedChanges = {
  'monitor-it': { health_check: { enabled: true } },
  'probe-by-request': { health_check: { type: 'request' } },
  'protect-from-replay': { replay_protection: true },
} as const satisfies Record<string, Pick<TunnelPatch, 'health_check' | 'replay_protection'>>

export type PreparedName = keyof typeof preparedChanges

const names = Object.keys(preparedChanges) as PreparedName[]

export const preparedName = (value: unknown): PreparedName | undefined => names.find((name) => name === value)

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
