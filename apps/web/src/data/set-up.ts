import { mutationOptions } from '@tanstack/react-query'
import { endpoints, type FirstAdministrator } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { welcome } from './sign-in.ts'

export const setUp = () =>
  mutationOptions({
    mutationFn: async ({ email, password, ...rest }: FirstAdministrator) => {
      await request(endpoints.setUp, { body: { ...rest, email, password } })
      await request(endpoints.signIn, { body: { email, password } })
    },
    onSuccess: (_answer, _input, _result, { client }) => welcome(client),
  })
