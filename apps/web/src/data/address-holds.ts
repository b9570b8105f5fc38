import type { HoldAnswer, HoldInput } from '@tunnel-console/shared/addresses'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/** Keeps an inside address for a draft: the given one, or the next free. Throws who has it, and which is free instead. */
export const holdAddress = (body: HoldInput): Promise<HoldAnswer> => request(endpoints.holdAddress, { body })

/** Gives a hold back before its time. Nobody waits for it and it may fail: a hold ends by itself after ten minutes. */
export function releaseAddress(holdId: string): void {
  void request(endpoints.releaseAddress, { params: { holdId } }).catch(() => undefined)
}
