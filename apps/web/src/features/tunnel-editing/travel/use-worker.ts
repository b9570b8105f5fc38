import { useEffect, useRef, useState } from 'react'
import { startWorker } from './start-worker.ts'
import type { Answer, Progress, Question, Told } from './travel-work.ts'

type AnswerTo<K extends Question['kind']> = Extract<Answer, { kind: K }>

interface Asked {
  number: number
  end: (answer: Answer | null) => void
}

/**
 * The worker that reads and judges files. One question at a time: a newer one takes the place of the one before, and what is
 * cancelled answers `null`. The worker lives no longer than the page.
 */
export function useWorker() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const worker = useRef<Worker | null>(null)
  const asked = useRef<Asked>({ number: 0, end: () => undefined })

  const stop = () => {
    worker.current?.terminate()
    worker.current = null
    asked.current.end(null)
  }
  const cancel = () => {
    stop()
    setProgress(null)
  }
  // A worker is outside React.
  useEffect(() => () => worker.current?.terminate(), [])

  const hear = ({ data }: MessageEvent<Told>) => {
    if (data.number !== asked.current.number) return
    if ('progress' in data) return setProgress(data.progress)
    setProgress(null)
    asked.current.end(data.answer)
  }
  const started = (): Worker => {
    const made = startWorker()
    made.addEventListener('message', hear)
    return made
  }
  async function ask<K extends Question['kind']>(
    question: Extract<Question, { kind: K }>,
  ): Promise<AnswerTo<K> | null> {
    // One that is at work on something older is of no use any more.
    stop()
    worker.current = started()
    const number = asked.current.number + 1
    setProgress({ done: 0, of: 'rows' in question ? question.rows.length : 0 })
    const answer = await new Promise<Answer | null>((resolve) => {
      asked.current = { number, end: resolve }
      worker.current?.postMessage({ number, question })
    })
    // The kind of an answer is that of its question.
    return answer?.kind === question.kind ? (answer as AnswerTo<K>) : null
  }
  return { ask, cancel, progress }
}
