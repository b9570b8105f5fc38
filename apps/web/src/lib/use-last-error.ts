import { useState } from 'react'

/** What went wrong last. A query that has no data forgets it while it asks again, and the page would blink with every try. */
export function useLastError<E>({ data, error }: { data: unknown; error: E | null }): E | null {
  const [last, setLast] = useState(error)
  if (error && error !== last) setLast(error)
  return data === undefined ? last : error
}
