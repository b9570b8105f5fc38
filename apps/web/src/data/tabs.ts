import type { AnswerOf, endpoints } from '@tunnel-console/shared/contract'

/** When a session ends: without a further act, and whatever is done. UTC, ISO 8601. */
export type Ends = AnswerOf<(typeof endpoints)['stayed']>

/** What the tabs of one browser tell each other, since they share one session (S31, S32). */
export type TabMessage = 'signed-in' | 'signed-out' | { stayed: Ends }

const channel = new BroadcastChannel('tunnel-console-session')

export const tellTabs = (message: TabMessage): void => channel.postMessage(message)

/** Hears what other tabs say, until the answer is called. A tab of another version may say what nobody here knows. */
export function hearTabs(listener: (message: TabMessage) => void): () => void {
  const hear = ({ data }: MessageEvent<TabMessage>) => listener(data)
  channel.addEventListener('message', hear)
  return () => channel.removeEventListener('message', hear)
}
