/** Things that are waited for: each new thing wakes whoever waits for one like it. */
export function createWaiting<T>() {
  const waiters = new Set<{ isIt: (thing: T) => boolean; wake: (thing: T) => void }>()
  return {
    next(isIt: (thing: T) => boolean): Promise<T> {
      return new Promise((resolve) => {
        waiters.add({ isIt, wake: resolve })
      })
    },
    tell(thing: T): void {
      for (const waiter of waiters) {
        if (!waiter.isIt(thing)) continue
        waiters.delete(waiter)
        waiter.wake(thing)
      }
    },
  }
}
