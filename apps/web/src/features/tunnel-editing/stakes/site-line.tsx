import { endingProblem, matesWords } from '@tunnel-console/shared/site'
import { usualEnding } from '@tunnel-console/shared/site-ending'
import { useId, useState } from 'react'
import { useMates } from '../../../data/mates.ts'
import { setSiteEnding, siteEnding } from '../../../lib/site-ending.ts'
import { useStore } from '../../../lib/store.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Skeleton } from '../../../ui/skeleton-bar.tsx'
import { ignoredByPasswordManagers, TextInput } from '../../../ui/text-field.tsx'

/** What is left of the site should this tunnel fail: the others that are up, or that there is none. */
export function SiteLine({ tunnel }: { tunnel: { id: string; name: string } }) {
  const { mates, isPending } = useMates(tunnel)
  if (isPending) return <Skeleton className="w-64" />
  const { text, isLast } = mates
    ? matesWords(mates)
    : { text: 'The other tunnels of this site are not known: the list could not be read', isLast: true }
  return (
    <Callout tone={isLast ? 'degraded' : 'unknown'}>
      <p role="status" className={isLast ? 'font-semibold text-fg' : 'text-fg'}>
        {text}
      </p>
      {mates && <HowFound site={mates.site} />}
    </Callout>
  )
}

/** A site is only ever guessed from the name, so the guess is told and can be put right. */
function HowFound({ site }: { site: string }) {
  const id = useId()
  const [typed, setTyped] = useState(useStore(siteEnding))
  const problem = endingProblem(typed)
  return (
    <details className="mt-1 text-13">
      <summary className="min-h-6 rounded-s [overflow-wrap:anywhere]">Site “{site}”, from the name</summary>
      <div className="mt-2 flex max-w-80 flex-col gap-1.5">
        <label htmlFor={id} className="font-medium text-fg">
          End of a name that is not the site
        </label>
        <TextInput
          {...ignoredByPasswordManagers}
          id={id}
          isMono
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <p id={`${id}-hint`} className={problem ? 'text-down-fg' : 'text-fg-3'}>
          {problem ?? 'A regular expression, kept in this browser.'}
        </p>
        <div className="flex gap-2">
          <Button size="small" disabledReason={problem ?? undefined} onClick={() => setSiteEnding(typed)}>
            Use it
          </Button>
          <Button
            size="small"
            kind="ghost"
            onClick={() => {
              setTyped(usualEnding)
              setSiteEnding(usualEnding)
            }}
          >
            Back to the usual one
          </Button>
        </div>
      </div>
    </details>
  )
}
