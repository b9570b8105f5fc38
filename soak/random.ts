/** Dice that fall the same way for the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  pick<const Values extends readonly [unknown, ...unknown[]]>(values: Values): Values[number]
  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name
  hex(length: number): string
  /** Letters, digits, `-` and `_`, as in base64url. */
  text(length: number): string
  /** Dice of their own for a part of the run, so that what one part throws moves no other. */
  fork(name: string): Random
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function createRandom(seed: string): Random {
  let state = hash(seed)
  // Mulberry32: small, and good enough to choose faults with.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const from = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[int(0, alphabet.length - 1)]).join('')
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => values[int(0, values.length - 1)] ?? values[0],
    weighted: (weights) => drawn(weights, next()),
    hex: (length) => from('0123456789abcdef', length),
    text: (length) => from(letters, length),
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

function drawn<Name extends string>(weights: Readonly<Record<Name, number>>, at: number): Name {
  const names = Object.keys(weights) as Name[]
  let rest = at * names.reduce((sum, name) => sum + weights[name], 0)
  for (const name of names) {
    rest -= weights[name]
    if (rest < 0) return name
  }
  throw new RangeError('Every weight is 0')
}

/** FNV-1a over the seed's characters. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return value | 0
}
