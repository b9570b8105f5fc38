import type {
  AuditPage,
  TunnelAnswer,
  TunnelListAnswer,
  ValidationAnswer,
  WrittenTunnel,
} from '@tunnel-console/shared/api'
import type { TunnelInput, TunnelPatch } from '@tunnel-console/shared/patch'
import { call } from '../../lib/api.ts'

type Once = Record<'idempotency-key', string>

const ifMatch = (version: string) => ({ 'if-match': `"${version}"` })

export const validateUpdate = (id: string, version: string, body: TunnelPatch) =>
  call<ValidationAnswer>(`/api/tunnels/${id}?validate_only=true`, { method: 'PUT', body, headers: ifMatch(version) })

export const updateTunnel = (id: string, version: string, body: TunnelPatch, once: Once) =>
  call<WrittenTunnel>(`/api/tunnels/${id}`, { method: 'PUT', body, headers: { ...ifMatch(version), ...once } })

export const validateCreate = (body: TunnelInput) => call<ValidationAnswer>('/api/tunnels?validate_only=true', { body })

export const createTunnel = (body: TunnelInput, once: Once) =>
  call<WrittenTunnel>('/api/tunnels', { body, headers: once })

/** A tunnel as it is this moment: after a lost answer no cache may speak. */
export const lookAtTunnel = (id: string) => call<TunnelAnswer>(`/api/tunnels/${id}`)

export const lookAtList = () => call<TunnelListAnswer>('/api/tunnels')

/** Enough entries to look past dry runs and refusals. */
export const lastEntriesOf = (id: string, signal: AbortSignal) =>
  call<AuditPage>(`/api/audit?target=${id}&limit=20`, { signal })
