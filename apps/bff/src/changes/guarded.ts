import { needsSecondPerson } from '@tunnel-console/shared/approvals'
import { effectsOf } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { Settings } from '@tunnel-console/shared/settings'
import type { Kind } from './kind.ts'
import type { Request } from './request.ts'

/**
 * A kind of change that stops after its fresh read, before anything is sent, where a second person must approve first.
 * Only that read tells what the change really does. Who has asked nobody may still ask Cloudflare: dry runs pass.
 */
export function createGuarded(settings: () => Promise<Settings>) {
  return (kind: Kind, { author: { role }, isApproved }: Request): Kind => {
    if (isApproved || role !== 'operator') return kind
    return {
      ...kind,
      async read(...given) {
        const plan = await kind.read(...given)
        const { before, goal } = plan.facts
        if (before && goal && needsSecondPerson(await settings(), role, effectsOf(before, goal))) {
          const detail = 'Its risk is high, and somebody else has to approve it first. Nothing was sent.'
          throw ProblemError.of('approval-needed', { detail })
        }
        return plan
      },
    }
  }
}
