import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

interface WholeListProps<T> {
  query: UseQueryResult<T>
  /** What loads: "Loading users". */
  label: string
  children: (data: T) => ReactNode
}

/** A list that is read at once: while it loads, when it cannot be read, and what there is, with a word where that is old. */
export function WholeList<T>({ query: { data, error, isFetching, refetch }, label, children }: WholeListProps<T>) {
  if (data === undefined) {
    if (!error) return <SkeletonRows label={label} rows={4} />
    return <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />
  }
  return (
    <>
      {error && (
        <div className="mb-4">
          <Banner kind="warning" title={error.problem.title}>
            The list may be out of date.
          </Banner>
        </div>
      )}
      {children(data)}
    </>
  )
}
