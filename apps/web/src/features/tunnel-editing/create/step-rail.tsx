import { Link } from '@tanstack/react-router'
import { draftProblems } from '@tunnel-console/shared/form'
import { Check } from 'lucide-react'
import { cx } from '../../../lib/cx.ts'
import { type CreationStep, creationSteps, stepOfPath } from './creation-steps.ts'
import type { Creation } from './use-creation.ts'

/** All steps, on wide screens: which are done, which must be looked at again, and the way to each. */
export function StepRail({ creation, step }: { creation: Creation; step: CreationStep }) {
  const { facts, creating } = creation
  const wrong = new Set(draftProblems(creating.kit.draft).map(({ path }) => stepOfPath(path)))
  return (
    <nav aria-label="Steps" className="sticky top-6 hidden self-start lg:block">
      <ol className="flex flex-col gap-0.5">
        {creationSteps.map(({ id, title }, index) => {
          const isDone = facts.done.includes(id)
          const isWrong = isDone && wrong.has(id)
          return (
            <li key={id}>
              <Link
                to="/tunnels/new/$step"
                params={{ step: id }}
                search={true}
                aria-current={id === step ? 'step' : undefined}
                className={cx(
                  'flex min-h-8 items-center gap-2.5 rounded-s px-2 text-13 hover:bg-sunken hover:text-fg',
                  id === step ? 'font-medium text-fg' : 'text-fg-2',
                )}
              >
                <span className="nums inline-flex size-5 shrink-0 items-center justify-center rounded-s border border-current text-12">
                  {isDone && !isWrong ? <Check aria-hidden size={12} /> : index + 1}
                </span>
                {title}
                {isDone && !isWrong && <span className="sr-only">, done</span>}
                {isWrong && <span className="ml-auto text-12 font-medium text-down-fg">Problem</span>}
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
