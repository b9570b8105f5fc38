import type { LeaveWords } from '../../../ui/leave-guard.tsx'
import type { Phase } from './write-state.ts'

/** What leaving means once a change was sent: it goes its way, whoever looks at it. Before that it is as usual. */
export const leaveWords = (phase: Phase): LeaveWords | undefined =>
  phase === 'applying' || phase === 'unknown' ? sent[phase] : undefined

const keeps = 'You are told wherever you are what became of it, and until then what you typed is kept.'

const sent: Record<'applying' | 'unknown', LeaveWords> = {
  applying: {
    title: 'Leave while it is being saved?',
    description: `The change goes on without this page. ${keeps}`,
    isLost: false,
  },
  unknown: {
    title: 'Leave before it is known?',
    description: `It stays watched without this page. ${keeps}`,
    isLost: false,
  },
}
