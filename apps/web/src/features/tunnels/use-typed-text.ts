import { useEffect, useRef, useState } from 'react'

/**
 * The text of a field whose value lives in the URL. Typing shows at once and is written a moment later; a value that
 * comes from elsewhere, such as the Back button, replaces what is typed.
 */
export function useTypedText(value: string, write: (text: string) => void, waitMs = 200) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState({ value, written: value })
  const latestWrite = useRef(write)
  latestWrite.current = write
  if (value !== known.value) {
    setKnown({ value, written: value })
    if (value !== known.written) setText(value)
  }
  // The URL is outside React.
  useEffect(() => {
    if (text === known.written) return
    const timer = setTimeout(() => {
      setKnown((now) => ({ ...now, written: text }))
      latestWrite.current(text)
    }, waitMs)
    return () => clearTimeout(timer)
  }, [text, known.written, waitMs])
  const markWritten = () => setKnown((now) => ({ ...now, written: text }))
  return [text, setText, markWritten] as const
}
