import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import { endpoints } from '@tunnel-console/shared/contract'
import { useEffect } from 'react'
import { request } from '../lib/api.ts'
import { approvalNews, noApprovals } from '../lib/approval-news.ts'
import { useCan, useSession } from './session.ts'
import { settingsQuery } from './settings.ts'

const approvalsKey = ['approvals'] as const

/** Changes that wait for a second person, and those decided within a week. Newest first. */
export const approvalsQuery = () =>
  queryOptions({
    queryKey: approvalsKey,
    queryFn: async ({ signal }) => (await request(endpoints.approvals, { signal })).approvals,
    staleTime: 10_000,
    refetchOnWindowFocus: 'always',
  })

/** The same, read again every 15 s as long as somebody may ask; `null` while it is not known, and for those it is not for. */
export function useApprovals(): readonly ApprovalEntry[] | null {
  const enabled = useCan('tunnel.update')
  const isOn = useQuery({ ...settingsQuery(), enabled }).data?.secondPerson === 'high-risk'
  const { data } = useQuery({ ...approvalsQuery(), enabled, refetchInterval: isOn ? 15_000 : false })
  return enabled ? (data ?? null) : null
}

/** Tells `approvalNews`, for as long as somebody who may ask is there. */
export function useTellApprovalNews(): void {
  const self = useSession().user.id
  const enabled = useCan('tunnel.update')
  const isOn = useQuery({ ...settingsQuery(), enabled }).data?.secondPerson === 'high-risk'
  const all = useApprovals() ?? []
  const toDecide = all.filter(({ state, by }) => state === 'waiting' && by.id !== self).length
  const isUsed = enabled && (isOn || all.length > 0)
  // The pages that use it are not below this component.
  useEffect(() => {
    approvalNews.set({ isUsed, toDecide })
    return () => approvalNews.set(noApprovals)
  }, [isUsed, toDecide])
}
