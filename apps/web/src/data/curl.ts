import { type ApiCall, curlOf } from '@tunnel-console/shared/travel/curl'
import { useSession } from './session.ts'

/** Makes commands of calls, for the account that this console works on. No token and no key is in one. */
export function useCurl(): (call: ApiCall) => string {
  const { id } = useSession().account
  return (call) => curlOf(call, id)
}
