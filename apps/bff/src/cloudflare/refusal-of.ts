import { ProblemError } from '@tunnel-console/shared/problem'

const numbered = /^\/ipsec_tunnels\/(\d+)(?=\/|$)/

/**
 * What a refusal of many tunnels says of the one with this number: its own fields, with pointers as for that tunnel alone;
 * the whole refusal where no tunnel is named; `null` where only others are.
 */
export function refusalOf(error: ProblemError, index: number): ProblemError | null {
  const errors = error.problem.errors ?? []
  const named = errors.flatMap((field) => {
    const number = numbered.exec(field.pointer)?.[1]
    return number === undefined ? [] : [{ field, number: Number(number) }]
  })
  if (named.length === 0) return error
  const own = named.filter(({ number }) => number === index)
  if (own.length === 0) return null
  const mine = own.map(({ field }) => ({ ...field, pointer: field.pointer.replace(numbered, '') }))
  const words = new Set(mine.map(({ detail }) => detail))
  const upstream = error.problem.upstream?.filter(({ message }) => words.has(message))
  return new ProblemError({ ...error.problem, errors: mine, ...(upstream && { upstream }) }, { cause: error })
}
