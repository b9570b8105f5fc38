import type { TunnelStatus } from '@tunnel-console/shared/status'
import { count, formatPercent } from '../../../lib/format.ts'

/** Whether a state hurts traffic: a word to see first, and why it is so. Never "no" where nobody knows. */
export interface Effect {
  word: 'Yes' | 'No' | 'Probably' | 'Not known'
  why: string
}

export function effectOf({ state, affected }: Pick<TunnelStatus, 'state' | 'affected'>): Effect {
  if (state === 'needs-key') return { word: 'Yes', why: 'nothing passes through a tunnel without a key.' }
  if (!affected) return { word: 'Not known', why: whyNotKnown(state) }
  const { share, dataCentres } = affected
  if (dataCentres === 0) return { word: 'No', why: 'every data centre that carries your traffic is up.' }
  const which = `${count(dataCentres, 'data centre')} that carried your traffic ${dataCentres === 1 ? 'is' : 'are'} not up`
  if (share === null) return { word: 'Probably', why: `${which}. How much of it they carry cannot be read.` }
  if (share === 0)
    return { word: 'No', why: `${which}, and ${dataCentres === 1 ? 'carries' : 'carry'} none of it now.` }
  return { word: 'Yes', why: `${which}, with ${formatPercent(share)} of it.` }
}

function whyNotKnown(state: TunnelStatus['state']): string {
  if (state === 'not-monitored') return 'nothing is measured while the health check is off.'
  if (state === 'establishing') return 'nothing has come in yet.'
  return 'there is no health data to tell it from.'
}
