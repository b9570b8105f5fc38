import { accountNumberIn } from '@tunnel-console/device-config/identities'
import { useSession } from '../../data/session.ts'
import { createStore, useStore } from '../../lib/store.ts'
import { store, stored } from '../../lib/theme.ts'

const storageKey = 'account-number'

/** `ACCOUNT-ID NUMBER`: the number of one account, the one that this browser works with. */
const kept = createStore(stored(storageKey) ?? '')

/** Cloudflare's number of the account as it was typed here, for IKE identities of tunnels that do not say it. */
export function useAccountNumber(): [number: string | null, keep: (number: string) => void] {
  const { account } = useSession()
  const [accountId, number = ''] = useStore(kept).split(' ')
  const known = accountId === account.id ? accountNumberIn(number, '') : null
  return [
    known,
    (next) => {
      kept.set(`${account.id} ${next}`)
      store(storageKey, kept.get())
    },
  ]
}
