import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { polledQuery } from './polled.ts'

const wallEveryMs = 60_000
const namesEveryMs = 15_000

/** Which screen this is. A screen asks again for as long as it hangs there, also after it was refused. */
export const wallQuery = () =>
  queryOptions({
    queryKey: ['wall'],
    queryFn: ({ signal }) => request(endpoints.wall, { signal }),
    refetchInterval: wallEveryMs,
    refetchOnReconnect: 'always',
  })

/** The name of every tunnel. It answers `Fetched<NamesAnswer>`. */
export const namesQuery = () => polledQuery(['names'], endpoints.names, namesEveryMs)

/** Exchanges the link of a new screen for its session. Throws `gone` for one that does not count any more. */
export async function openWall(link: string): Promise<void> {
  await request(endpoints.openWall, { body: { link }, cache: 'no-store' })
}

/** The screens that may show the wall, read again every 15 s while somebody looks. */
export const wallScreensQuery = () =>
  queryOptions({
    queryKey: ['walls'],
    queryFn: async ({ signal }) => (await request(endpoints.walls, { signal })).screens,
    staleTime: 0,
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  })

/** Makes a screen. Only its caller holds the link. */
export async function createWall(name: string) {
  return request(endpoints.createWall, { body: { name }, cache: 'no-store' })
}

/** Ends a screen's session at once. */
export const revokeWall = () =>
  mutationOptions({
    mutationFn: (wallId: string) => request(endpoints.revokeWall, { params: { wallId } }),
    onSettled: (_answer, _error, _id, _result, { client }) =>
      client.invalidateQueries({ queryKey: wallScreensQuery().queryKey }),
  })
