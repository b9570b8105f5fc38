import { draftOf } from '@tunnel-console/shared/draft'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { ChangeOf } from './change.ts'
import type { Kind } from './kind.ts'
import { beforeSending } from './read-for-write.ts'
import { versionOf } from './version.ts'

/**
 * Lets Cloudflare generate a new pre-shared key. The key exists in the one answer and nowhere else. It is never asked for
 * twice: every call rotates the key at once, so a lost answer is a lost key, and the only way on is to generate another
 * (U20). The date of the key is the only evidence there is of what happened to it.
 */
export const generateKey: Kind<ChangeOf<'generate-key'>> = {
  action: 'psk.generate',
  permission: 'psk.generate',
  lock: ({ tunnelId }) => `tunnel ${tunnelId}`,

  async read(client, { tunnelId }) {
    const tunnel = Tunnel.parse(await beforeSending(client.getTunnel(tunnelId)))
    const facts = {
      name: tunnel.name,
      tunnelId,
      before: draftOf(tunnel),
      version: await versionOf(tunnel),
      goal: null,
      keyDate: tunnel.psk_metadata?.last_generated_on,
      known: [],
    }
    return { facts, seen: tunnel, target: { id: tunnelId, name: tunnel.name }, changes: [] }
  },

  async send(client, { tunnelId }, _plan, isDryRun) {
    const generated = await client.generatePsk(tunnelId, isDryRun)
    if (!generated) return null
    const { psk, ipsecId, lastGeneratedOn } = generated
    const answer = {
      psk,
      ...(ipsecId !== undefined && { ipsec_id: ipsecId }),
      psk_metadata: { last_generated_on: lastGeneratedOn },
    }
    return { ray: undefined, psk: answer }
  },

  async confirm(_client, _change, { target }, { psk, ray }) {
    if (!psk) throw new TypeError('A generated key must be in the answer')
    return { target, answer: psk, ours: [], outside: [], tunnel: null, ray }
  },

  look(_change, { keyDate }, { tunnel }) {
    if (!tunnel) return { fate: 'moved' }
    return tunnel.psk_metadata?.last_generated_on === keyDate ? { fate: 'waits' } : { fate: 'lost' }
  },

  lost({ keyDate }, seen) {
    const evidence = !seen
      ? 'The tunnel could not be read again.'
      : seen.psk_metadata?.last_generated_on === keyDate
        ? `Its key is still dated ${keyDate ?? 'never'}, so the old key probably still counts.`
        : 'A new key was made, but its value was lost on the way.'
    return `${evidence} Generate again: a lost key cannot be shown later.`
  },
}
