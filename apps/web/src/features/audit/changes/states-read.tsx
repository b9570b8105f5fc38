import { useQuery } from '@tanstack/react-query'
import type { ChangesSearch } from '../../../data/changes-search.ts'
import { stateChangesQuery } from '../../../data/state-changes.ts'
import { count } from '../../../lib/format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'

type States = NonNullable<ReturnType<typeof useStates>>

/** The states of tunnels in a time; `null` where they are not wanted. */
export function useStates(search: ChangesSearch) {
  const isOff = search.status === 'off'
  const query = useQuery({ ...stateChangesQuery(search), enabled: !isOff })
  return isOff ? null : { query }
}

/** What the reading of states has to say: that it goes on, that it failed, or that it does not tell all. */
export function StatesRead({ query }: States) {
  const { data, error, isPending, refetch } = query
  return (
    <>
      <p role="status" className="text-13 text-fg-2">
        {isPending && 'Reading the states of tunnels…'}
      </p>
      {error && (
        <Banner
          kind="warning"
          title={`States of tunnels: ${error.problem.errors?.[0]?.detail ?? error.problem.title}.`}
          actions={
            <Button size="small" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        >
          {data ? 'What is newer is missing here.' : 'They are missing here.'}
        </Banner>
      )}
      {data === null && (
        <Banner title="States of tunnels are told for at most 90 days at once">
          They are missing here: choose a shorter time.
        </Banner>
      )}
      {data?.isCut && (
        <Banner
          kind="warning"
          title={`Only the newest ${count(data.pages.flatMap(({ body }) => body.changes).length, 'change')} of state of this time were read`}
        >
          What is older is missing here: choose a shorter time.
        </Banner>
      )}
    </>
  )
}
