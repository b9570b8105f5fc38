import { queryOptions } from '@tanstack/react-query'
import type { KeyResult } from '@tunnel-console/shared/api'
import { endpoints, type InputOf } from '@tunnel-console/shared/contract'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { reasonHeaders } from '@tunnel-console/shared/reason'
import { request } from '../lib/api.ts'
import { dryRun } from '../lib/dry-run.ts'
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

/** Sets keys for many: those that are given, others as the console makes them. Only its caller holds the answer (S19). */
export async function setKeys(
  tunnels: InputOf<(typeof endpoints)['setPsks']>['tunnels'],
  key: string,
  reason: string,
): Promise<KeyResult[]> {
  const headers = { ...keyHeader(key), ...reasonHeaders(reason) }
  const answer = await request(endpoints.setPsks, { body: { tunnels }, headers, cache: 'no-store' })
  const results: readonly KeyResult[] = Array.isArray(answer?.results) ? answer.results : []
  return tunnels.map(({ id }) => results.find((result) => result.id === id) ?? { id, outcome: 'unknown' })
}

/** The idempotency key of one tunnel in a request for many, by which its outcome is asked. */
export const keyOfOne = (key: string, tunnelId: string): string => `${key}-${tunnelId}`

/** Sets a key of one's own. Throws why it was not set, or that nobody knows whether it was. */
export async function setOwnKey(id: string, psk: string, key: string): Promise<RevealedKey> {
  const [result] = await setKeys([{ id, psk }], key, '')
  if (result?.outcome === 'applied') return { psk, ipsecId: result.ipsec_id }
  throw new ProblemError(result?.problem ?? fallback(result?.outcome === 'rejected'))
}

const fallback = (isRefused: boolean): Problem => ProblemError.of(isRefused ? 'rejected' : 'outcome-unknown').problem

/** Asks whether Cloudflare would take this very key. It goes out and comes back in no answer; nothing holds it here. */
export async function checkOwnKey(id: string, psk: string): Promise<void> {
  const [result] = (await dryRun(endpoints.setPsks, { body: { tunnels: [{ id, psk }] } })).results
  if (result?.outcome !== 'valid') throw new ProblemError(result?.problem ?? fallback(true))
}

/** Asks whether keys could be set for these. No key goes out or comes back, so Query may hold the answer. */
export const keysCheckQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['keys-check', ids],
    queryFn: async ({ signal }) => {
      const tunnels = ids.map((id) => ({ id }))
      return (await dryRun(endpoints.setPsks, { body: { tunnels }, signal })).results
    },
    ...oneLook,
  })
