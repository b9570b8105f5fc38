import type { TunnelPatch } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'

/**
 * What a check said of one payload on one version. Of anything else it says nothing. `warnings`: what Cloudflare accepts, and
 * somebody should know all the same.
 */
export type Verdict = { stamp: string } & (
  | { kind: 'valid'; at: string; warnings?: readonly string[] | undefined }
  | { kind: 'invalid'; count: number; problem: Problem | null }
  | { kind: 'unavailable'; problem: Problem }
)

/** What stands between the person and the next step. */
export type Stop =
  /** `isAside`: the person went back to the form without deciding. */
  | { kind: 'conflict'; current: Tunnel; version: string; isAside?: boolean }
  | { kind: 'gone' }
  /** The answer was lost. `key` asks what became of it; `since` is when it was lost, in milliseconds. */
  | { kind: 'unknown'; problem: Problem; key: string; since: number }
  | { kind: 'unchanged'; problem: Problem }

/** Where a write stands: what is at work, what a dry run said, what is in the way. An edit has a review before it. */
export interface WriteState {
  work: 'idle' | 'validating' | 'applying' | 'saved'
  view: 'form' | 'review'
  verdict: Verdict | null
  stop: Stop | null
}

export type WriteEvent =
  | { type: 'validating' }
  | { type: 'judged'; verdict: Verdict; goesOn?: boolean }
  | { type: 'interrupted' }
  | { type: 'reviewing' }
  | { type: 'back' }
  | { type: 'applying' }
  | { type: 'saved' }
  | { type: 'stopped'; stop: Stop }
  | { type: 'resumed' }
  | { type: 'merging'; isAside: boolean }
  | { type: 'rebased' }

export const startState: WriteState = { work: 'idle', view: 'form', verdict: null, stop: null }

/** Nothing that the person does ends the wait for an outcome that nobody knows: only what is learnt of it. */
const learnt: ReadonlySet<WriteEvent['type']> = new Set(['saved', 'stopped', 'judged', 'rebased'])

export function writeReducer(state: WriteState, event: WriteEvent): WriteState {
  if (state.stop?.kind === 'unknown' && !learnt.has(event.type)) return state
  switch (event.type) {
    case 'validating':
      return { ...state, work: 'validating', verdict: null, stop: null }
    case 'judged': {
      const isRefused = event.verdict.kind === 'invalid'
      const view = isRefused ? 'form' : event.goesOn ? 'review' : state.view
      return { work: 'idle', view, verdict: event.verdict, stop: null }
    }
    case 'interrupted':
      return { ...state, work: 'idle' }
    case 'reviewing':
      return { ...state, view: 'review' }
    case 'back':
      return { ...state, view: 'form', stop: null }
    case 'applying':
      return { ...state, work: 'applying', stop: null }
    case 'saved':
      return { ...state, work: 'saved', stop: null }
    case 'stopped':
      return { ...state, work: 'idle', stop: event.stop }
    case 'resumed':
      return { ...state, stop: null }
    case 'merging':
      return state.stop?.kind === 'conflict' ? { ...state, stop: { ...state.stop, isAside: event.isAside } } : state
    case 'rebased':
      return startState
  }
}

/** One text for one payload on one version: equal stamps mean that a verdict still speaks of what is there. */
export function stampOf(version: string, patch: TunnelPatch): string {
  return JSON.stringify([version, patch])
}

export type Phase =
  | 'pristine'
  | 'dirty'
  | 'validating'
  | 'valid'
  | 'stale'
  | 'invalid'
  | 'unavailable'
  | 'conflict'
  | 'gone'
  | 'applying'
  | 'saved'
  | 'unknown'

/** Where the form stands. */
export function phaseOf({ work, verdict, stop }: WriteState, stamp: string, changes: number): Phase {
  if (work !== 'idle') return work
  if (stop && stop.kind !== 'unchanged') return stop.kind
  if (changes === 0) return 'pristine'
  if (verdict?.stamp === stamp) return verdict.kind
  return verdict?.kind === 'valid' ? 'stale' : 'dirty'
}
