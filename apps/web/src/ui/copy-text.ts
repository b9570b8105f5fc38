import { announce } from './announcer.tsx'

/** Copies a text and says whether it is copied, to screen readers too. Never fails. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Over plain HTTP from another machine there is no clipboard at all.
    await navigator.clipboard.writeText(text)
  } catch {
    announce('Copying failed. Select the text and copy it yourself.')
    return false
  }
  announce('Copied')
  return true
}
