import type { OlderHistory } from '@tunnel-console/shared/status-answers'
import { nearTime } from './format.ts'

/** "History before 12 Nov, 14:00 is still being fetched from Cloudflare." `what` begins the sentence; with "Neither" it denies. */
export function olderWords(what: string, { before, isRefused }: OlderHistory): string {
  const from = `${what} before ${nearTime(new Date(before))}`
  return isRefused
    ? `${from} ${what.startsWith('Neither') ? 'can' : 'cannot'} be fetched: Cloudflare does not let the console’s API token read analytics.`
    : `${from} is still being fetched from Cloudflare.`
}
