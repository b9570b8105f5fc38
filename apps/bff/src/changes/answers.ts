import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { diffDrafts } from '@tunnel-console/shared/diff'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { Tunnel, unknownFields } from '@tunnel-console/shared/tunnel'
import type { WireTunnel } from '../cloudflare/client.ts'
import { versionOf } from './version.ts'

/** A tunnel with the version that the next change of it must name. */
export async function writtenTunnel(wire: WireTunnel): Promise<WrittenTunnel> {
  const tunnel = Tunnel.parse(wire)
  return { tunnel, version: await versionOf(tunnel), unknownFields: unknownFields(wire) }
}

export function isSameDraft(a: TunnelDraft, b: TunnelDraft): boolean {
  return diffDrafts(a, b).length === 0
}
