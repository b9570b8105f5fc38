import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import type { undoChoices } from '@tunnel-console/shared/jobs'
import type { KeyedInput, TunnelPatch } from '@tunnel-console/shared/patch'
import { reasonHeaders } from '@tunnel-console/shared/reason'
import { request } from '../lib/api.ts'
import { dryRun } from '../lib/dry-run.ts'
import { keyHeader } from './idempotency-key.ts'
import { oneLook } from './one-look.ts'

/** Which tunnel, and the version that the person has seen. */
export interface Seen {
  id: string
  version: string
}

const ifMatch = ({ version }: Seen) => ({ 'if-match': `"${version}"` })

export const validateCreate = (body: KeyedInput) => dryRun(endpoints.createTunnel, { body })

export const createTunnel = (body: KeyedInput, key: string) =>
  request(endpoints.createTunnel, { body, headers: keyHeader(key) })

export const validateUpdate = (seen: Seen, body: TunnelPatch) =>
  dryRun(endpoints.updateTunnel, { params: { id: seen.id }, body, headers: ifMatch(seen) })

/** After how many minutes a change undoes itself; `null`: it stays. */
export type UndoMinutes = (typeof undoChoices)[number] | null

export interface HowToUpdate {
  key: string
  reason: string
  undoMinutes: UndoMinutes
}

export const updateTunnel = (seen: Seen, body: TunnelPatch, { key, reason, undoMinutes }: HowToUpdate) =>
  request(endpoints.updateTunnel, {
    params: { id: seen.id },
    body,
    query: undoMinutes === null ? {} : { undo_minutes: `${undoMinutes}` },
    headers: { ...ifMatch(seen), ...keyHeader(key), ...reasonHeaders(reason) },
  })

/** Asks Cloudflare whether it would delete the tunnel. Once for each time that the dialog opens. */
export const deleteCheckQuery = (seen: Seen) =>
  queryOptions({
    queryKey: ['delete-check', seen.id, seen.version],
    queryFn: ({ signal }) =>
      dryRun(endpoints.deleteTunnel, { params: { id: seen.id }, headers: ifMatch(seen), signal }),
    ...oneLook,
  })

export const deleteTunnel = (seen: Seen, key: string, reason: string) =>
  request(endpoints.deleteTunnel, {
    params: { id: seen.id },
    headers: { ...ifMatch(seen), ...keyHeader(key), ...reasonHeaders(reason) },
  })
