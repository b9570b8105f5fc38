import { randomToken } from '../session/token.ts'
import type { ChangeOf } from './change.ts'
import { generateKey } from './generate-key.ts'
import type { Kind } from './kind.ts'

/**
 * Sets a pre-shared key that we know: somebody's own, or 32 random bytes. Since the value is known before it is sent, a lost
 * answer is asked for by sending the same value again (U19), and what is shown is what Cloudflare has.
 *
 * No look can tell which key a tunnel has, and the date of one that was set may not move, so an unmoved date says nothing.
 */
export const setKey: Kind<ChangeOf<'set-key'>> = {
  action: 'psk.set',
  permission: 'psk.bulkSet',
  isRepeatable: true,
  lock: ({ tunnelId }) => `tunnel ${tunnelId}`,

  async read(client, { tunnelId }, remembered, secret) {
    const plan = await generateKey.read(client, { kind: 'generate-key', tunnelId }, remembered)
    return { ...plan, psk: secret ?? randomToken() }
  },

  async send(client, { tunnelId }, { psk, facts }, isDryRun) {
    if (psk === undefined) throw new TypeError('A key that is to be set must be there')
    const set = await client.setPsk(tunnelId, psk, isDryRun)
    if (!set) return null
    const { ipsecId, lastGeneratedOn } = set
    const answer = {
      psk,
      ...(ipsecId !== undefined && { ipsec_id: ipsecId }),
      psk_metadata: { last_generated_on: lastGeneratedOn ?? facts.keyDate ?? null },
    }
    return { ray: undefined, psk: answer }
  },

  confirm: (client, { tunnelId }, plan, yes) =>
    generateKey.confirm(client, { kind: 'generate-key', tunnelId }, plan, yes),

  look: ({ tunnelId }, facts, seen) => generateKey.look({ kind: 'generate-key', tunnelId }, facts, seen),

  lost({ keyDate }, seen) {
    const hasMoved = seen !== null && seen.psk_metadata?.last_generated_on !== keyDate
    const evidence = hasMoved
      ? 'The tunnel has got a new key, and nobody can tell whether it is this one.'
      : 'Cloudflare did not confirm the key: this one may count, or the former one.'
    return `${evidence} Set or generate one again: a key cannot be read back.`
  },
}
