import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { changesSearchOf } from '../data/changes-search.ts'
import { TimeRange } from '../features/audit/changes/time-range.tsx'
import { WhatChanged } from '../features/audit/changes/what-changed.tsx'
import { PageHeader } from '../ui/page-header.tsx'

const route = getRouteApi('/app/changes')

/** What was changed in a time, for whoever looks for the cause of what they see. */
export function ChangesPage() {
  const asked = route.useSearch()
  const search = useMemo(() => changesSearchOf({ ...asked }), [asked])
  const navigate = route.useNavigate()
  const { status: _, ...time } = search
  return (
    <>
      <PageHeader
        title="What changed"
        description="What was changed here and outside this console, and which tunnels went down or came up, on one axis."
      />
      <TimeRange search={search} onChange={(next) => void navigate({ search: next })} />
      <WhatChanged key={JSON.stringify(time)} search={search} />
    </>
  )
}
