import { type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient, WireTunnel } from '../cloudflare/client.ts'
import { isGone } from '../cloudflare/gone.ts'
import { writtenTunnel } from './answers.ts'

/**
 * The tunnel as it is this moment, if it is still the version that the person saw. Throws `conflict` with what is there
 * now otherwise, and `not-found` when it was deleted meanwhile. Writers outside this console can still slip in between
 * this read and the write: conflicts are detected, not prevented.
 */
export async function readForWrite(
  client: CloudflareClient,
  id: string,
  version: string,
): Promise<{ wire: WireTunnel; tunnel: Tunnel }> {
  const wire = await beforeSending(client.getTunnel(id))
  const now = await writtenTunnel(wire)
  if (now.version !== version) throw ProblemError.of('conflict', { current: now.tunnel, version: now.version })
  return { wire, tunnel: now.tunnel }
}

/** A read that a write begins with. Where Cloudflare does not answer it, the write never leaves, and that is what to say. */
export async function beforeSending<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'not-found' && !isGone(error)) {
      const detail = 'Cloudflare’s gateway could not route the read that comes before a change. Nothing was sent.'
      throw ProblemError.of('upstream-unexpected', { detail }, { cause: error })
    }
    if (!(error instanceof ProblemError) || !noAnswer.some((code) => code === error.problem.code)) throw error
    const { ray } = error.problem
    const detail = 'Cloudflare did not answer the read that comes before a change, so the change was not sent.'
    throw ProblemError.of('not-sent', { detail, ...(ray !== undefined && { ray }) }, { cause: error })
  }
}

const noAnswer: readonly ProblemCode[] = ['upstream-unavailable', 'upstream-timeout']
