import { patchOf } from '@tunnel-console/shared/patch'
import { useScheduling } from '../schedule/use-scheduling.ts'
import type { Editing } from './use-edit-tunnel.ts'

const keyCannotWait = 'This sets an MD5 key, which cannot wait: the console would have to keep it until then.'

/** The reviewed edit for a later time: the same patch, on the version that the review rests on. */
export function useEditSchedule({ id, kit, saved, reason, undoMinutes, isDone }: Editing, toJob: (id: string) => void) {
  const patch = patchOf(saved.draft, kit.draft)
  const typed = reason.trim()
  return useScheduling({
    input: {
      kind: 'update',
      tunnels: [{ id, version: saved.version, ...patch }],
      undoMinutes,
      ...(typed !== '' && { reason: typed }),
    },
    cannotWait: patch.bgp?.md5_key ? keyCannotWait : undefined,
    onScheduled: (jobId) => {
      isDone.current = true
      toJob(jobId)
    },
  })
}
