import { queryOptions } from '@tanstack/react-query'
import type { PskAnswer, ValidationAnswer } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { call, fetchOrThrow } from '../../../lib/api.ts'

export interface RevealedKey {
  psk: string
  ipsecId: string | undefined
}

/** Asks whether a key could be generated. No key comes out of it, so Query may hold the answer. */
export const pskCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ['psk-check', id],
    queryFn: ({ signal }) =>
      call<ValidationAnswer>(`/api/tunnels/${id}/psk_generate?validate_only=true`, { method: 'POST', signal }),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** Generates the key. A plain request whose answer only its caller holds: no cache may ever see it (S19). */
export async function requestPsk(id: string, headers: HeadersInit): Promise<RevealedKey> {
  const response = await fetchOrThrow(`/api/tunnels/${id}/psk_generate`, { method: 'POST', headers, cache: 'no-store' })
  const answer = (await response.json().catch(() => null)) as Partial<PskAnswer> | null
  if (typeof answer?.psk !== 'string' || answer.psk === '') {
    throw ProblemError.of('outcome-unknown', { detail: 'The answer was cut off before the key arrived.' })
  }
  return { psk: answer.psk, ipsecId: answer.ipsec_id }
}
