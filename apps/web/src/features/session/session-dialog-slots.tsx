import { lazyPart } from '../../ui/lazy-part.tsx'
import { PartMissing } from '../../ui/part-missing.tsx'

const load = () => import('./session-dialogs.tsx')
export const SignInAgain = lazyPart(async () => (await load()).SignInAgain, {
  Missing: ({ retry }) => <PartMissing retry={retry} look="card" />,
})
export const EndWarning = lazyPart(async () => (await load()).EndWarning, { Missing: () => null })
export const IdleWarning = lazyPart(async () => (await load()).IdleWarning, { Missing: () => null })

/** Comes with each page that holds typed values or a key: there the dialogs must be at hand, whatever the server still has. */
export async function loadSessionDialogs(): Promise<void> {
  await load()
  await Promise.all([SignInAgain.preload(), EndWarning.preload(), IdleWarning.preload()])
}
