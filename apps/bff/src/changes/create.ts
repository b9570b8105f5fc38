import { diffDrafts, type FieldChange } from '@tunnel-console/shared/diff'
import { blankDraft, draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { putBody } from '@tunnel-console/shared/patch'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { isSameDraft, writtenTunnel } from './answers.ts'
import type { ChangeOf } from './change.ts'
import type { Kind } from './kind.ts'
import { beforeSending } from './read-for-write.ts'

const nobody = '0'.repeat(32)

function draftOfBody(body: Record<string, unknown>): TunnelDraft {
  return draftOf(Tunnel.parse({ ...body, id: nobody }))
}

/** What a new tunnel is compared with: Cloudflare's own defaults, so that the audit log lists what was chosen. */
const emptyDraft: TunnelDraft = { ...blankDraft, health_check: draftOfBody({}).health_check }

/** Tells that a key went along, and nothing of it. */
const keyIsSet: FieldChange = { path: 'psk', label: 'Pre-shared key', before: null, after: 'set' }
const keyLine = ({ isKeyGiven }: ChangeOf<'create'>) => (isKeyGiven ? [keyIsSet] : [])

/** Creates a tunnel. Names are unique, so one of this name that was not there before, with our values, is ours. */
export const createTunnel: Kind<ChangeOf<'create'>> = {
  action: 'tunnel.create',
  permission: 'tunnel.create',
  lock: ({ input }) => `create ${input.name}`,

  async read(client, change, remembered, psk) {
    const { input } = change
    const body = putBody({}, input)
    const goal = draftOfBody(body)
    const { tunnels } = await beforeSending(client.listTunnels())
    const isAlike = (tunnel: Tunnel) =>
      tunnel.name === input.name || tunnel.interface_address === goal.interface_address
    // Cloudflare's list may lack tunnels: one that was there before must not be taken for ours when it turns up again.
    const known = [...new Set([...tunnels, ...remembered].filter(isAlike).map(({ id }) => id))]
    return {
      facts: { name: input.name, tunnelId: null, before: null, version: null, goal, known },
      target: { id: null, name: input.name },
      changes: [...diffDrafts(emptyDraft, goal), ...keyLine(change)],
      body,
      ...(psk !== undefined && { psk }),
    }
  },

  async send(client, _change, { body, psk }, isDryRun) {
    return client.createTunnel({ ...body, ...(psk !== undefined && { psk }) }, isDryRun)
  },

  async confirm(_client, change, { target }, { wire, ray }) {
    const answer = await writtenTunnel(wire ?? { id: nobody })
    const { tunnel } = answer
    const ours = [...diffDrafts(emptyDraft, draftOf(tunnel)), ...keyLine(change)]
    return { target: { ...target, id: tunnel.id }, answer, ours, outside: [], tunnel, ray }
  },

  look(change, { goal }, { tunnel }) {
    if (!tunnel) return { fate: 'waits' }
    if (!goal || !isSameDraft(draftOf(tunnel), goal)) return { fate: 'moved' }
    return { fate: 'applied', ours: [...diffDrafts(emptyDraft, goal), ...keyLine(change)], outside: [] }
  },

  lost: () => 'Cloudflare did not confirm the new tunnel. It may have been created, or may still be.',
}
