import { useState } from 'react'
import { useTimely } from '../../../ui/time-ago.tsx'

/** Nobody waits so long for an answer that comes soon. */
const lateMs = 10_000

interface ReadingLineProps {
  /** What is being read, as a sentence that ends in "…"; empty while nothing is. */
  words: string
  /** What to know once it takes long. */
  lateWords: string
}

/** Says that something is being read, and later that it takes long. Stays in the page, so that its words are read out when they come. */
export function ReadingLine({ words, lateWords }: ReadingLineProps) {
  return (
    <p role="status" className="text-13 text-fg-2 not-empty:mb-2">
      {words && <Words key={words} words={words} lateWords={lateWords} />}
    </p>
  )
}

function Words({ words, lateWords }: ReadingLineProps) {
  const [start] = useState(() => Date.now())
  const isLate = useTimely((now) => now.getTime() - start >= lateMs)
  return isLate ? `${words} ${lateWords}` : words
}
