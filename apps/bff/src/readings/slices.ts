const mostAtOnce = 250

/** Lets everything else that waits have its turn. */
export const othersTurn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/**
 * `list.map(work)` that holds nobody up for long: after each 250, or as many as told, others have their turn. A short list
 * is done at once.
 */
export async function inSlices<T, R>(
  list: readonly T[],
  work: (entry: T) => R,
  atOnce: number = mostAtOnce,
): Promise<R[]> {
  const done: R[] = []
  for (let from = 0; from < list.length; from += atOnce) {
    if (from > 0) await othersTurn()
    for (const entry of list.slice(from, from + atOnce)) done.push(work(entry))
  }
  return done
}

/** Takes all the steps, with a turn for others after each when the work is long. */
export async function inSteps<R>(steps: Generator<unknown, R>, isLong: boolean): Promise<R> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (isLong) await othersTurn()
  }
}

/** Whether work on so many is worth turns for others. */
export const isMany = (list: readonly unknown[]) => list.length > mostAtOnce
