import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { HandoffEntry } from '@tunnel-console/shared/api'
import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { request } from '../lib/api.ts'
import { type HandoffContent, openHandoff, sealHandoff } from '../lib/handoff-seal.ts'

/** The links that were made, by whomever. Read again every 15 s while somebody looks. */
export const handoffsQuery = () =>
  queryOptions({
    queryKey: ['handoffs'],
    queryFn: async ({ signal }) => (await request(endpoints.handoffs, { signal })).handoffs,
    staleTime: 0,
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  })

/** A link that shows a key once to whoever has it. Only its caller holds it, as with the key itself (S19). */
export interface HandoffLink {
  url: string
  handoff: HandoffEntry
}

/** Encrypts here, leaves the ciphertext at the console, and gives the link with what opens it. */
export async function leaveHandoff(tunnelId: string, content: HandoffContent, hours: number): Promise<HandoffLink> {
  const { ciphertext, key } = await sealHandoff(content)
  const body = { tunnelId, ciphertext, hours }
  const { handoff } = await request(endpoints.createHandoff, { body, cache: 'no-store' })
  return { url: `${location.origin}/handoff/${handoff.id}#k=${key}`, handoff }
}

/** Uses the link up and opens what was left. Throws `gone` for one that was used, revoked or is too old. */
export async function takeHandoff(handoffId: string, key: string): Promise<HandoffContent> {
  const { ciphertext } = await request(endpoints.openHandoff, { params: { handoffId }, cache: 'no-store' })
  const content = await openHandoff(ciphertext, key)
  if (content === null) {
    throw ProblemError.of('gone', {
      detail: 'The link was used up, but the key in it does not fit what was left: it was not copied whole.',
    })
  }
  return content
}

/** Erases what was left, whether or not somebody has opened it. */
export const revokeHandoff = () =>
  mutationOptions({
    mutationFn: (handoffId: string) => request(endpoints.revokeHandoff, { params: { handoffId } }),
    onSettled: (_answer, _error, _id, _result, { client }) =>
      client.invalidateQueries({ queryKey: handoffsQuery().queryKey }),
  })
