import type { FieldError, Problem } from '@tunnel-console/shared/problem'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'

interface StandingProps {
  applying: { problem: Problem | null; isLost: boolean; isBusy: boolean; again: () => void }
  /** Of the tunnels in the order in which they were sent; none where that is not one request. */
  names: readonly string[]
  lostTitle?: string
}

/** What the last attempt to begin came to; after a reload, also before there is a dry run again. */
export function Standing({
  applying: { problem, isLost, isBusy, again },
  names,
  lostTitle = 'The answer was lost. It is not known whether this has begun.',
}: StandingProps) {
  if (problem === null && !isLost) return null
  return (
    <div className="mb-5 max-w-form">
      {problem && (
        <ErrorPanel problem={problem} isAlert>
          <WhatIsWrong errors={problem.errors ?? []} names={names} />
        </ErrorPanel>
      )}
      {isLost && (
        <Banner
          kind="warning"
          role="alert"
          title={lostTitle}
          actions={
            <Button size="small" busy={isBusy} onClick={again}>
              Ask again
            </Button>
          }
        >
          Asking again sends the same request: it happens once, and tells what became of it.
        </Banner>
      )}
    </div>
  )
}

/** What the console did not take: of which tunnel, where it is one's. */
function WhatIsWrong({ errors, names }: { errors: readonly FieldError[]; names: readonly string[] }) {
  if (errors.length === 0) return null
  const whose = (pointer: string) => names[Number(/^\/tunnels\/(\d+)\b/.exec(pointer)?.[1] ?? Number.NaN)]
  return (
    <ul className="mt-2 list-disc pl-5 text-fg-2">
      {errors.slice(0, toldAtMost).map(({ pointer, detail }) => (
        <li key={`${pointer} ${detail}`}>
          {whose(pointer) && `${whose(pointer)}: `}
          {detail}
        </li>
      ))}
      {errors.length > toldAtMost && <li>and {errors.length - toldAtMost} more</li>}
    </ul>
  )
}

const toldAtMost = 10
