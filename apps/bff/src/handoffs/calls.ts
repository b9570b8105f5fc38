import { asValue } from '../changes/answered.ts'
import type { Handoffs } from './handoffs.ts'

/** What the owner of an account lets others ask of hand-offs: a problem is a value. */
export const callsOf = (handoffs: Handoffs) => ({
  list: () => asValue(handoffs.list()),
  create: (...asked: Parameters<Handoffs['create']>) => asValue(handoffs.create(...asked)),
  revoke: (...asked: Parameters<Handoffs['revoke']>) => asValue(handoffs.revoke(...asked)),
  open: (...asked: Parameters<Handoffs['open']>) => asValue(handoffs.open(...asked)),
})
