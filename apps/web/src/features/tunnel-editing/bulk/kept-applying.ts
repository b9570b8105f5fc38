import { JobInput as JobSchema } from '@tunnel-console/shared/job-inputs'
import { type JobInput, undoChoices } from '@tunnel-console/shared/jobs'
import { useRef, useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { keepInTab, keptInTab } from '../../../lib/tab-store.ts'
import { type ApplyForm, startForm, type Together } from './apply-options.ts'
import type { SentOnce } from './use-repeatable.ts'

/** How a change of many is to be applied, and what was sent of it without a known end. */
interface KeptApplying {
  form: ApplyForm
  job: SentOnce<JobInput> | null
  together: SentOnce<Together> | null
}

interface Place<Draft> {
  /** Under which it is in the tab. */
  name: string
  /** Whether the draft is still the one that is kept: another one may have been begun since. */
  isKept: (owner: string, draft: Draft) => boolean
}

/**
 * The same beside the kept draft in this tab: after a reload the options are as they were, and a request whose answer was lost
 * can be made again as it was, under its key. The confirming number is not kept.
 */
export function useKeptApplying<Draft extends { id: string }>(draft: Draft, { name, isKept }: Place<Draft>) {
  const owner = useSession().user.id
  const [now, setNow] = useState(() => keptApplying(name, owner, draft.id))
  // An answer may come when the page is gone, and still has to be noted.
  const latest = useRef(now)
  const keep = (part: Partial<KeptApplying>) => {
    latest.current = { ...latest.current, ...part }
    setNow(latest.current)
    if (isKept(owner, draft)) keepInTab(name, owner, { draftId: draft.id, ...latest.current })
  }
  return { ...now, keep }
}

function keptApplying(name: string, owner: string, draftId: string): KeptApplying {
  const kept = keptInTab(name, owner)
  if (!isRecord(kept) || kept['draftId'] !== draftId) return { form: startForm, job: null, together: null }
  return {
    form: formOf(kept['form']),
    job: sentOf(kept['job'], isJob),
    together: sentOf(kept['together'], isTogether),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What cannot be read is as at the start. */
function formOf(kept: unknown): ApplyForm {
  if (!isRecord(kept)) return startForm
  const textOf = (key: 'batchSize' | 'pauseSeconds') => (typeof kept[key] === 'string' ? kept[key] : startForm[key])
  const isOn = (key: 'stopAfterFailure' | 'stopWhenWorse') =>
    typeof kept[key] === 'boolean' ? kept[key] : startForm[key]
  return {
    way: kept['way'] === 'together' ? 'together' : 'job',
    typedCount: '',
    batchSize: textOf('batchSize'),
    pauseSeconds: textOf('pauseSeconds'),
    stopAfterFailure: isOn('stopAfterFailure'),
    stopWhenWorse: isOn('stopWhenWorse'),
    undoMinutes: undoChoices.find((minutes) => minutes === kept['undoMinutes']) ?? null,
    startsAt: typeof kept['startsAt'] === 'string' ? kept['startsAt'] : null,
  }
}

function sentOf<Payload>(kept: unknown, isPayload: (value: unknown) => value is Payload): SentOnce<Payload> | null {
  if (!isRecord(kept)) return null
  const { key, payload } = kept
  return typeof key === 'string' && isPayload(payload) ? { key, payload } : null
}

const isJob = (value: unknown): value is JobInput => JobSchema.safeParse(value).success

function isTogether(value: unknown): value is Together {
  return isRecord(value) && typeof value['reason'] === 'string' && isJob({ tunnels: value['tunnels'] })
}
