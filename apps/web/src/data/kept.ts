import { othersTurn } from '../lib/turns.ts'

/**
 * An answer in which all that says what it said in the one before is the same object, so that it is not drawn anew: each of its
 * parts, and each entry of a part. Entries of a list are known by their id wherever they stand. By turns: there may be
 * ten thousand.
 */
export async function kept<T>(before: T, after: T): Promise<T> {
  if (!isObject(before) || !isObject(after)) return after
  const answer: Record<string, unknown> = { ...after }
  for (const [name, part] of Object.entries(after)) answer[name] = await keptPart(before[name], part)
  return answer as T
}

async function keptPart<T>(before: T, after: T): Promise<T> {
  if (!isObject(before) || !isObject(after)) return after
  const known = Array.isArray(before) ? new Map(before.map((entry) => [idOf(entry), entry])) : null
  const part = Array.isArray(after) ? [...after] : { ...after }
  const entries: Record<string, unknown> = part as Record<string, unknown>
  let seen = 0
  let same = 0
  for (const [name, entry] of Object.entries(after)) {
    if (seen++ % atATime === 0) await othersTurn()
    const was = known ? known.get(idOf(entry)) : before[name]
    if (!isSame(was, entry)) continue
    entries[name] = was
    if (before[name] === was) same++
  }
  return same === seen && Object.keys(before).length === seen ? before : (part as T)
}

const atATime = 100

const idOf = (entry: unknown): unknown => (isObject(entry) ? entry['id'] : entry)

/** Whether two values that JSON can say are the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false
  let fields = 0
  for (const name in one) {
    if (!(name in other) || !isSame(one[name], other[name])) return false
    fields++
  }
  for (const _ in other) fields--
  return fields === 0
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
