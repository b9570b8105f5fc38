import { mutationOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

export const resetSandbox = () =>
  mutationOptions({
    mutationFn: () => request(endpoints.resetSandbox),
    onSuccess: (_answer, _input, _result, { client }) => client.invalidateQueries(),
  })
