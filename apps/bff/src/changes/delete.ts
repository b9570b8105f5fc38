import { draftOf } from '@tunnel-console/shared/draft'
import { isGone } from '../cloudflare/gone.ts'
import type { ChangeOf } from './change.ts'
import type { Kind, Yes } from './kind.ts'
import { readForWrite } from './read-for-write.ts'

/** Deletes a tunnel. That Cloudflare says it does not exist afterwards is success, however we learnt it. */
export const deleteTunnel: Kind<ChangeOf<'delete'>> = {
  action: 'tunnel.delete',
  permission: 'tunnel.delete',
  lock: ({ tunnelId }) => `tunnel ${tunnelId}`,

  async read(client, { tunnelId, version }) {
    const { tunnel } = await readForWrite(client, tunnelId, version)
    const facts = { name: tunnel.name, tunnelId, before: draftOf(tunnel), version, goal: null, known: [] }
    return { facts, seen: tunnel, target: { id: tunnelId, name: tunnel.name }, changes: [] }
  },

  async send(client, { tunnelId }, _plan, isDryRun): Promise<Yes | null> {
    try {
      const yes = await client.deleteTunnel(tunnelId, isDryRun)
      return isDryRun ? null : yes
    } catch (error) {
      if (!isDryRun && isGone(error)) return { ray: undefined }
      throw error
    }
  },

  async confirm(_client, _change, { target }, { ray }) {
    return { target, answer: { deleted: true }, ours: [], outside: [], tunnel: null, ray }
  },

  look(_change, _facts, { tunnel }) {
    return tunnel ? { fate: 'waits' } : { fate: 'applied', ours: [], outside: [] }
  },

  lost: () => 'Cloudflare did not confirm the deletion. It may have happened, or may still.',
}
