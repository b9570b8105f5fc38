import type { ValidationAnswer } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { audited } from '../audit/audited.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { TunnelServices, WriteContext } from './context.ts'
import { readForWrite } from './read-for-write.ts'
import { type Finding, sendOnce } from './settle.ts'

type Deleted = { ray: string | undefined }

const lost =
  'Cloudflare did not confirm the deletion and could not be asked again. Look in the list before you try once more.'

/** Deletes a tunnel, if it is still the version that the person saw. That it is gone afterwards is success, however we learnt it. */
export async function deleteTunnel(
  services: TunnelServices,
  { actor, requestId, isDryRun }: WriteContext,
  id: string,
  version: string,
): Promise<{ deleted: true } | ValidationAnswer> {
  const { client, source, withLock, deps } = services
  const intent = {
    actor,
    requestId,
    action: 'tunnel.delete' as const,
    target: { id, name: source.nameOf(id) },
    validateOnly: isDryRun,
    changes: [],
  }
  return audited(services, intent, (note) =>
    withLock(`tunnel ${id}`, async () => {
      const { tunnel } = await readForWrite(client, id, version)
      note({ target: { id, name: tunnel.name } })
      if (isDryRun) {
        await client.deleteTunnel(id, true)
        return { valid: true as const, checkedAt: deps.now().toISOString() }
      }
      const { ray } = await sendOnce(
        () => deleteOnce(client, id),
        () => lookForGone(client, id),
        lost,
      ).catch((error: unknown) => {
        source.list.invalidate()
        throw error
      })
      source.remove(id)
      note({ ray })
      return { deleted: true as const }
    }),
  )
}

async function deleteOnce(client: CloudflareClient, id: string): Promise<Deleted> {
  try {
    return await client.deleteTunnel(id, false)
  } catch (error) {
    if (isNotFound(error)) return { ray: undefined }
    throw error
  }
}

async function lookForGone(client: CloudflareClient, id: string): Promise<Finding<Deleted>> {
  try {
    await client.getTunnel(id)
    return { fate: 'absent' }
  } catch (error) {
    if (isNotFound(error)) return { fate: 'applied', value: { ray: undefined } }
    throw error
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'not-found'
}
