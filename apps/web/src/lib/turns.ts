/** A frame has 16 ms, and draws in them too. */
const longestMs = 10

let began = 0

/**
 * Lets keys, frames and all else that waits have its turn, where work has gone on for long. In a page that nobody sees nothing waits, and
 * the browser would let it go on once a second.
 */
export async function othersTurn(): Promise<void> {
  if (document.hidden || performance.now() - began < longestMs) return
  await new Promise((resolve) => setTimeout(resolve))
  began = performance.now()
}

/** Takes all steps, with a turn for others between them where they are long. */
export async function byTurns<R>(steps: Generator<undefined, R>): Promise<R> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await othersTurn()
  }
}
