import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import type { PlannedInput } from '@tunnel-console/shared/planned'
import { request } from '../lib/api.ts'
import { statusQuery } from './status.ts'

const plannedKey = ['planned'] as const

/** Work that was announced and is not over. */
export const plannedQuery = () =>
  queryOptions({
    queryKey: plannedKey,
    queryFn: async ({ signal }) => (await request(endpoints.planned, { signal })).works,
    staleTime: 10_000,
    refetchInterval: 15_000,
  })

/** Announces work on tunnels. Every state tells of it from the next look on. */
export const planWork = () =>
  mutationOptions({
    mutationFn: (body: PlannedInput) => request(endpoints.planWork, { body }),
    onSettled: (_answer, _error, _input, _result, { client }) => {
      void client.invalidateQueries({ queryKey: plannedKey })
      void client.invalidateQueries({ queryKey: statusQuery().queryKey })
    },
  })

/** Ends announced work before its time. */
export const endWork = () =>
  mutationOptions({
    mutationFn: (workId: string) => request(endpoints.endWork, { params: { workId } }),
    onSettled: (_answer, _error, _id, _result, { client }) => {
      void client.invalidateQueries({ queryKey: plannedKey })
      void client.invalidateQueries({ queryKey: statusQuery().queryKey })
    },
  })
