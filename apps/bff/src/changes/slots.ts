/** So many pieces of work at a time, in the order of asking. */
export function createSlots(most: number) {
  const waiting: (() => void)[] = []
  let taken = 0

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (taken >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else taken++
    try {
      return await work()
    } finally {
      // Whoever waits longest takes the place over, so that nobody comes in between.
      const next = waiting.shift()
      if (next) next()
      else taken--
    }
  }
}
