import type { JobEntry } from '@tunnel-console/shared/jobs'
import { useEffect, useRef } from 'react'
import { announce } from '../../ui/announcer.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ended, jobLook, progressWords, resultWords, sizeOf } from './words.ts'

/** How far a job is. A screen reader hears of every fifth row, and of each turn of the job itself. */
export function JobProgress({ job }: { job: JobEntry }) {
  const { counts, state } = job
  useProgressNews(job)
  const text =
    state === 'done' || state === 'stopped' ? resultWords(job) : `${progressWords(counts)} · ${resultWords(job)}`
  return (
    <div className="max-w-form">
      <ProgressBar label="Progress" value={ended(counts)} max={sizeOf(counts)} text={text} />
    </div>
  )
}

const toldEvery = 5

function useProgressNews(job: JobEntry): void {
  const told = useRef({ ended: ended(job.counts), state: job.state })
  // A screen reader is outside React.
  useEffect(() => {
    const now = { ended: ended(job.counts), state: job.state }
    const isTurn = now.state !== told.current.state
    if (!isTurn && now.ended - told.current.ended < toldEvery) return
    told.current = now
    announce(isTurn ? `${jobLook(job).word}: ${resultWords(job)}` : `${progressWords(job.counts)}: ${resultWords(job)}`)
  }, [job])
}
