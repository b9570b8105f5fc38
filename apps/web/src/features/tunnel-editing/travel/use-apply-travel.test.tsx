import { expect, test, vi } from 'vitest'
import { fakeBff, offline, press, type Sent, show } from '../../../test/bff.tsx'
import { useApplyTravel } from './use-apply-travel.ts'

const changes = Array.from({ length: 2001 }, (_, n) => ({
  change: 'delete' as const,
  id: n.toString(16).padStart(32, '0'),
  version: 'v'.repeat(43),
}))
const idsIn = ({ body }: Sent) => (body as { tunnels: { id: string }[] }).tunnels.map(({ id }) => id)
const counts = { waiting: 1, running: 0, done: 0, refused: 0, conflict: 0, unknown: 0, skipped: 0 }

function Apply({ onStarted }: { onStarted: (jobs: readonly unknown[]) => void }) {
  const { apply, again, isLost } = useApplyTravel(changes, onStarted)
  return (
    <>
      <button type="button" onClick={apply}>
        Apply
      </button>
      {isLost && (
        <button type="button" onClick={again}>
          Ask again
        </button>
      )}
    </>
  )
}

/** Sends the plan. The answer to the request with this number, from 1, is lost once. */
async function apply(lost = 0) {
  let times = 0
  const sent = fakeBff({
    'GET /api/jobs': () => ({ body: { jobs: [] } }),
    'POST /api/jobs': () => {
      times += 1
      if (times === lost) return offline()
      return { status: 201, body: { job: { id: `job-${times}`, kind: 'plan', state: 'waiting', counts }, rows: [] } }
    },
  })
  const onStarted = vi.fn<(jobs: readonly unknown[]) => void>()
  await show(<Apply onStarted={onStarted} />)
  await press('Apply')
  const jobs = () => sent.filter(({ what }) => what === 'POST /api/jobs')
  return { onStarted, jobs, keys: () => jobs().map(({ headers }) => headers.get('idempotency-key')) }
}

test('a plan of more than 1,000 rows becomes several jobs in the order of the rows, each under a key of its own', async () => {
  const { onStarted, jobs, keys } = await apply()
  await vi.waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
  expect(jobs().map((sent) => idsIn(sent).length)).toEqual([1000, 1000, 1])
  expect(jobs().flatMap(idsIn)).toEqual(changes.map(({ id }) => id))
  expect(new Set(keys()).size).toBe(3)
  expect(onStarted.mock.calls[0]?.[0]).toHaveLength(3)
})

test('after a lost answer the same jobs are asked for under the same keys, so that none is made twice', async () => {
  const { onStarted, jobs, keys } = await apply(2)
  await press('Ask again')
  await vi.waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
  expect(jobs().map((sent) => idsIn(sent).length)).toEqual([1000, 1000, 1000, 1000, 1])
  const [first, second] = keys()
  expect(keys()).toEqual([first, second, first, second, keys()[4]])
})
