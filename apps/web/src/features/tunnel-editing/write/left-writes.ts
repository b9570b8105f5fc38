import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import type { Problem } from '@tunnel-console/shared/problem'
import { holdWhile } from '../../../lib/held.ts'
import { createStore } from '../../../lib/store.ts'
import { announce } from '../../../ui/announcer.tsx'
import type { Done } from './footer.ts'

/** What a page says of its write, for when the person has left it. */
export interface LeftWriteOptions<Answer> {
  /** Of the tunnel. */
  name: string
  done: Done
  /** The way back to the form as it was typed; `null` where nothing was. */
  form: { path: string; keep: () => void } | null
  /** Where the tunnel can be seen once it was applied. */
  pageOf: (answer: Answer | OutcomeAnswer) => string | null
  /** It was applied: what is read must be read anew. */
  onApplied: () => void
}

type Standing =
  | { kind: 'running' }
  | { kind: 'unknown'; key: string }
  | { kind: 'applied'; page: string | null }
  | { kind: 'not-applied'; problem: Problem }

export interface LeftWrite extends Pick<LeftWriteOptions<never>, 'name' | 'done' | 'form'> {
  id: number
  standing: Standing
  /** What is done with an outcome that comes late. */
  applied: (answer: OutcomeAnswer) => void
}

/** Writes whose page was left before it was known what became of them. In memory only: a form may hold an MD5 key. */
export const leftWrites = createStore<readonly LeftWrite[]>([])

const isOpen = ({ standing }: LeftWrite) => standing.kind !== 'applied'
holdWhile(() => leftWrites.get().some(isOpen))

let lastId = 0

const turn = (id: number, standing: Standing) =>
  leftWrites.set((all) => all.map((write) => (write.id === id ? { ...write, standing } : write)))

export const dropLeftWrite = (id: number): void => leftWrites.set((all) => all.filter((write) => write.id !== id))

/** For whoever was told well of it; what went wrong stays until the person closes it. */
const goodNewsMs = 15_000

export interface LeftHandle<Answer> {
  applied: (answer: Answer | OutcomeAnswer) => void
  failed: (problem: Problem, key: string) => void
}

/** Takes a write over from its page: tells of it in a corner of every page, until it is known and closed. */
export function takeOver<Answer>(options: LeftWriteOptions<Answer>, standing: Standing): LeftHandle<Answer> {
  lastId += 1
  const id = lastId
  const { name, done, form } = options
  const applied = (answer: Answer | OutcomeAnswer) => {
    options.onApplied()
    turn(id, { kind: 'applied', page: options.pageOf(answer) })
    announce(`${name} was ${done}`)
    setTimeout(() => dropLeftWrite(id), goodNewsMs)
  }
  leftWrites.set((all) => [...all, { id, name, done, form, standing, applied }])
  return {
    applied,
    failed: (problem, key) => {
      const isUnknown = fateOf(problem) === 'unknown' && problem.status !== 401
      turn(id, isUnknown ? { kind: 'unknown', key } : { kind: 'not-applied', problem })
    },
  }
}

/** It is known by now that it did not happen. */
export const settleAsNotApplied = (id: number, problem: Problem): void => turn(id, { kind: 'not-applied', problem })
