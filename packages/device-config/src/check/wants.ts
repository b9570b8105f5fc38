import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { type Parameters, parametersOf } from '../parameters.ts'

/** What the device should be told, and which of its own names Cloudflare takes. */
export interface Wants extends Parameters {
  /** Names that the device may present, the usual one first. Without the account number only those that need none. */
  ids: readonly string[]
}

export function wantsOf(tunnel: Tunnel, accountNumber: string | null): Wants {
  const parameters = parametersOf({ tunnel, accountNumber, key: null })
  const { fqdn, user, keyId, custom, ipv4, accountNumber: number } = parameters.identities
  const generated = number === null ? [] : [fqdn, user, keyId, tunnel.remote_identities?.hex_id ?? '']
  const ids = [...generated, custom ?? '', ipv4 ?? ''].filter((id) => id !== '')
  return { ...parameters, ids }
}
