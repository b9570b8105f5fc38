/** How far back the pictures of a tunnel's past reach. */
export const historySpans = ['24h', '7d', '90d'] as const
export type HistorySpan = (typeof historySpans)[number]

export const spanWords: Record<HistorySpan, string> = { '24h': '24 hours', '7d': '7 days', '90d': '90 days' }
