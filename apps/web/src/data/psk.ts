import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { dryRun, request } from '../lib/api.ts'
import { keyHeader } from './idempotency-key.ts'
import { oneLook } from './one-look.ts'

export interface RevealedKey {
  psk: string
  ipsecId: string | undefined
}

/** Asks whether a key could be generated. No key comes out of it, so Query may hold the answer. */
export const pskCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ['psk-check', id],
    queryFn: ({ signal }) => dryRun(endpoints.generatePsk, { params: { id }, signal }),
    ...oneLook,
  })

/** Generates the key. A plain request whose answer only its caller holds: no cache may ever see it (S19). */
export async function requestPsk(id: string, key: string): Promise<RevealedKey> {
  const answer = await request(endpoints.generatePsk, { params: { id }, headers: keyHeader(key), cache: 'no-store' })
  if (typeof answer?.psk !== 'string' || answer.psk === '') {
    throw ProblemError.of('outcome-unknown', { detail: 'The answer was cut off before the key arrived.' })
  }
  return { psk: answer.psk, ipsecId: answer.ipsec_id }
}
