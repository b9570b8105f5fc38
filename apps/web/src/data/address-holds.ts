import { queryOptions } from '@tanstack/react-query'
import type { HoldAnswer, HoldInput } from '@tunnel-console/shared/addresses'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/** What is known of the account's addresses, for a tunnel that is being made: read anew by each step that asks. */
export const knownAddressesQuery = () =>
  queryOptions({
    queryKey: ['known-addresses'],
    queryFn: ({ signal }) => request(endpoints.addresses, { signal }),
    staleTime: 5000,
  })

/** Keeps an inside address for a draft: the given one, or the next free. Throws who has it, and which is free instead. */
export const holdAddress = (body: HoldInput): Promise<HoldAnswer> => request(endpoints.holdAddress, { body })
