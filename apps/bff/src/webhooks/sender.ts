import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'
import { attempt } from './attempt.ts'
import type { createCipher } from './cipher.ts'
import type { Delivery, Queue, Target } from './queue.ts'

/** So many messages go to one address in a row before others have their turn at the next tick. */
const mostInARow = 20

interface SenderServices {
  queue: Queue
  cipher: Pick<ReturnType<typeof createCipher>, 'decrypt'>
  deps: Pick<Deps, 'outside' | 'now' | 'log'>
}

/**
 * Sends what is due. Each address has its own line, so a slow one holds up no other, and two of its messages are never under
 * way at once.
 */
export function createSender({ queue, cipher, deps }: SenderServices) {
  const busy = new Map<string, Promise<void>>()

  async function send(target: Pick<Target, 'id' | 'url' | 'secret'>, delivery: Delivery): Promise<boolean> {
    const { id, url } = target
    const secret = await cipher.decrypt(id, target.secret).catch(() => null)
    const ended =
      secret === null
        ? { status: null, problem: 'Its secret cannot be read: the console has another auth-secret. Make it anew' }
        : await attempt({ id: delivery.id, url, secret, body: delivery.body }, deps)
    await queue.tried(delivery, ended)
    return ended.problem === null
  }

  /** Looks the address up for each message: while one was under way, somebody may have switched it off or changed it. */
  async function serve(webhookId: string): Promise<void> {
    for (let sent = 0; sent < mostInARow; sent++) {
      const next = await queue.next(webhookId)
      if (!next || !(await send(next.target, next.delivery))) return
    }
  }

  return {
    send,

    /** Begins with everything that is due and not under way, and resolves when it has ended. Never throws. */
    async tick(): Promise<void> {
      try {
        const expired = await queue.expire()
        if (expired > 0) deps.log({ level: 'warn', event: 'webhook.given-up', messages: expired })
        for (const target of await queue.due()) {
          if (busy.has(target.id)) continue
          busy.set(
            target.id,
            serve(target.id)
              .catch(failed)
              .finally(() => busy.delete(target.id)),
          )
        }
      } catch (error) {
        failed(error)
      }
      await Promise.all(busy.values())
    },
  }

  function failed(error: unknown): void {
    deps.log({ level: 'error', event: 'webhook.failed', cause: describe(error) })
  }
}
