import type { ValidationAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { blankDraft, draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import type { TunnelInput } from '@tunnel-console/shared/patch'
import { putBody } from '@tunnel-console/shared/patch'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { audited } from '../audit/audited.ts'
import type { WireTunnel, Written } from '../cloudflare/client.ts'
import { isSameTunnel, writtenTunnel } from './answers.ts'
import type { TunnelServices, WriteContext } from './context.ts'
import { beforeSending } from './read-for-write.ts'
import { type Finding, sendOnce } from './settle.ts'

const lost =
  'Cloudflare did not confirm the new tunnel and could not be asked again. Look in the list before you create it once more.'

/** Creates a tunnel, or asks Cloudflare whether it would. One create at a time, so that a lost answer can be told by name. */
export async function createTunnel(
  services: TunnelServices,
  { actor, requestId, isDryRun }: WriteContext,
  input: TunnelInput,
): Promise<WrittenTunnel | ValidationAnswer> {
  const { client, source, withLock, deps } = services
  const body = putBody({}, input)
  const intent = {
    actor,
    requestId,
    action: 'tunnel.create' as const,
    target: { id: null, name: input.name },
    validateOnly: isDryRun,
    changes: diffDrafts(emptyDraft, draftOfBody(body)),
  }
  return audited(services, intent, async (note) => {
    if (isDryRun) {
      await client.createTunnel(body, true)
      return { valid: true as const, checkedAt: deps.now().toISOString() }
    }
    return withLock('tunnel.create', async () => {
      const before = new Set((await beforeSending(client.listTunnels())).tunnels.map(({ id }) => id))
      const { wire, ray } = await sendOnce(
        () => createOnce(client, body),
        () => findCreated(client, body, before),
        lost,
      ).catch((error: unknown) => {
        source.list.invalidate()
        throw error
      })
      const answer = await writtenTunnel(wire)
      source.put(answer.tunnel)
      note({ target: { id: wire.id, name: answer.tunnel.name }, ray })
      return answer
    })
  })
}

async function createOnce(client: TunnelServices['client'], body: unknown): Promise<Written> {
  const written = await client.createTunnel(body, false)
  if (!written) throw new TypeError('A real create must answer with a tunnel')
  return written
}

/** Names are unique: a tunnel of this name that was not there before, with our values, is ours. */
async function findCreated(
  client: TunnelServices['client'],
  body: Record<string, unknown>,
  before: ReadonlySet<string>,
): Promise<Finding<Written>> {
  const { tunnels } = await client.listTunnels()
  const found = tunnels.find(({ id, name }) => name === body['name'] && !before.has(id))
  if (!found) return { fate: 'absent' }
  if (!isSameTunnel(draftOf(found), draftOfBody(body))) return { fate: 'other' }
  const wire: WireTunnel = await client.getTunnel(found.id)
  return { fate: 'applied', value: { wire, ray: undefined } }
}

const nobody = '0'.repeat(32)

function draftOfBody(body: Record<string, unknown>): TunnelDraft {
  return draftOf(Tunnel.parse({ ...body, id: nobody }))
}

/** What a new tunnel is compared with: Cloudflare's own defaults, so that the audit log lists what was chosen. */
const emptyDraft: TunnelDraft = { ...blankDraft, health_check: draftOfBody({}).health_check }
