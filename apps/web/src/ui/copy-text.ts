import { announce } from './announcer.tsx'

/** Copies a text and says whether it is copied, to screen readers too. Never fails. */
export async function copyText(text: string): Promise<boolean> {
  const isDone = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
  announce(isDone ? 'Copied' : 'Copying failed. Select the text and copy it yourself.')
  return isDone
}
