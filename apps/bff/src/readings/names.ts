import type { NamesAnswer } from '@tunnel-console/shared/walls'
import { type Prepared, prepare } from './prepared.ts'
import type { TunnelReadings } from './tunnels.ts'

/** The name of every tunnel, ready to send: made anew only when one has changed. */
export function createNames({ list }: Pick<TunnelReadings, 'list'>) {
  let last: { sequence: number; answer: Promise<Prepared> } | null = null

  return async (): Promise<Prepared> => {
    const { value, at, sequence } = await list.read()
    if (last?.sequence === sequence) return last.answer
    const names = Object.fromEntries(value.tunnels.map(({ id, name }) => [id, name]))
    const text = JSON.stringify({ names } satisfies NamesAnswer)
    const answer = prepare(text, text, new Date(at).toISOString())
    last = { sequence, answer }
    return answer
  }
}
