import type { Seen } from '../../../data/tunnel-writes.ts'
import { useScheduling } from '../schedule/use-scheduling.ts'

/** The same deletion for a later time, on the version that was looked at. */
export function useDeleteSchedule({ id, version, reason }: Seen & { reason: string }, toJob: (id: string) => void) {
  const typed = reason.trim()
  return useScheduling({
    input: { kind: 'delete', tunnels: [{ id, version }], ...(typed !== '' && { reason: typed }) },
    onScheduled: toJob,
  })
}
