import { queryOptions } from '@tanstack/react-query'
import type { UndoEntry, UndoState } from '@tunnel-console/shared/api'
import { type AnswerOf, endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { type Fetched, fetchConditional } from './polled.ts'

const countingMs = 5000
const quietMs = 30_000

const open: readonly UndoState[] = ['armed', 'counting', 'undoing']

/** Whether it is still to be seen what becomes of the change. */
export const isOpenUndo = ({ state }: Pick<UndoEntry, 'state'>): boolean => open.includes(state)

type Undos = Fetched<AnswerOf<typeof endpoints.undos>>

/** Changes that undo themselves: read every 5 s while one does, else so that a colleague's is seen soon. */
export const undosQuery = () =>
  queryOptions({
    queryKey: ['undos'],
    queryFn: ({ client, signal }) => fetchConditional(endpoints.undos, client.getQueryData<Undos>(['undos']), signal),
    select: ({ body }) => body.undos,
    // The server has compared it already.
    structuralSharing: false,
    staleTime: countingMs - 1000,
    refetchInterval: ({ state }) => (state.data?.body.undos.some(isOpenUndo) ? countingMs : quietMs),
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    retry: false,
  })

/** All changes of the group stay as they are. Throws where it is too late. */
export const keepChange = (group: string) => request(endpoints.keepChange, { params: { group } })

/** The former version of each tunnel of the group is written back now. Throws where it is too late. */
export const undoNow = (group: string) => request(endpoints.undoNow, { params: { group } })
