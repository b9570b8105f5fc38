import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { welcome } from '../data/sign-in.ts'
import { safeFrom } from '../lib/safe-from.ts'
import { SignInPage } from './sign-in-page.tsx'

/** The page to sign in, for whoever was sent there by a page of the app. */
export function SignInHere() {
  const { from } = useSearch({ from: '/sign-in' })
  const client = useQueryClient()
  const router = useRouter()
  const goOn = async () => {
    await welcome(client)
    router.history.replace(safeFrom(from))
  }
  return <SignInPage onSignedIn={goOn} />
}
