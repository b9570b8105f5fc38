import { fateOf } from '@tunnel-console/shared/fate'
import type { Problem } from '@tunnel-console/shared/problem'
import { useNeed } from '../../data/need.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { NeedsRole } from '../../ui/needs-role.tsx'

/** Why a change of a person did not happen, or that nobody knows whether it did. */
export function UserProblem({ problem, name }: { problem: Problem; name: string }) {
  const need = useNeed('user.manage')
  return (
    <ErrorPanel problem={problem} isAlert>
      {problem.code === 'last-administrator' && (
        <p className="mt-1 text-fg-2">
          {name} is the only administrator who can sign in: without one, nobody could manage users any more. Make
          somebody else an administrator first.
        </p>
      )}
      {problem.code === 'forbidden' && need && (
        <p className="mt-1 text-fg-2">
          <NeedsRole need={need} />
        </p>
      )}
      {fateOf(problem) === 'unknown' && (
        <p className="mt-1 text-fg-2">
          It may have happened all the same. The list behind this dialog shows what is so.
        </p>
      )}
    </ErrorPanel>
  )
}
