import { useMutation, useQuery } from '@tanstack/react-query'
import { endWork, plannedQuery } from '../../../data/planned.ts'
import { useCan } from '../../../data/session.ts'
import { nearTime } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { toast } from '../../../ui/toast.ts'

/** What work goes on at a tunnel, by whose word and until when, with a way to end it. */
export function PlannedNotes({ id }: { id: string }) {
  const { data: works = [] } = useQuery(plannedQuery())
  const ending = useMutation(endWork())
  const mayEnd = useCan('tunnel.update')
  useStore(timesInUtc)
  const here = works.filter(({ tunnels }) => tunnels.some((tunnel) => tunnel.id === id))
  if (here.length === 0 && !ending.error) return null
  return (
    <div className="mb-4 flex flex-col gap-2">
      {here.map((work) => (
        <Banner
          key={work.id}
          kind="info"
          title={`Planned work until ${nearTime(new Date(work.until))}`}
          actions={
            mayEnd && (
              <Button
                size="small"
                busy={ending.isPending && ending.variables === work.id}
                onClick={() => ending.mutate(work.id, { onSuccess: () => toast('The planned work has ended') })}
              >
                It is done
              </Button>
            )
          }
        >
          <span className="[overflow-wrap:anywhere]">
            {work.text} <span className="opacity-80">({work.by})</span>
          </span>
        </Banner>
      ))}
      {ending.error && ending.error.problem.status !== 401 && <ErrorPanel problem={ending.error.problem} isAlert />}
    </div>
  )
}
