import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

/** Reads what stands under this key anew whenever `fact`, which comes from another query, has become another. */
export function useAnew(queryKey: QueryKey, fact: number): void {
  const client = useQueryClient()
  const known = useRef(fact)
  // The cache is outside React.
  useEffect(() => {
    if (known.current === fact) return
    known.current = fact
    void client.invalidateQueries({ queryKey })
  }, [client, queryKey, fact])
}
