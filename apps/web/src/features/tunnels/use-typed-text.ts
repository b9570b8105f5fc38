import { useEffect, useRef, useState } from 'react'

/**
 * The text of a field whose value lives in the URL. Typing shows at once and is written a moment later; a value that
 * comes from elsewhere, such as the Back button, replaces what is typed. The third function writes at once: what is written
 * after somebody has left for another page would lead back from it.
 */
export function useTypedText(value: string, write: (text: string) => void, waitMs = 200) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const written = useRef(value)
  const latestWrite = useRef(write)
  latestWrite.current = write
  if (value !== known) {
    setKnown(value)
    if (value !== written.current) setText(value)
    written.current = value
  }
  const writeNow = () => {
    if (text === written.current) return
    written.current = text
    latestWrite.current(text)
  }
  const latestWriteNow = useRef(writeNow)
  latestWriteNow.current = writeNow
  // The URL is outside React.
  useEffect(() => {
    if (text === written.current) return
    const timer = setTimeout(() => latestWriteNow.current(), waitMs)
    return () => clearTimeout(timer)
  }, [text, waitMs])
  return [text, setText, writeNow] as const
}
