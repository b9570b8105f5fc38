import type { TunnelStatus } from './status.ts'

export const affectsWords = ['yes', 'no', 'unknown'] as const

/** Whether a tunnel's state hurts its traffic; where traffic cannot be read, trouble is unknown and never "no". */
export function affectsWord(affected: TunnelStatus['affected']): (typeof affectsWords)[number] {
  if (affected === null) return 'unknown'
  if (affected.share === null) return affected.dataCentres > 0 ? 'unknown' : 'no'
  return affected.share > 0 ? 'yes' : 'no'
}
