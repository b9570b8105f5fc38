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

let lastKeyAt = Number.NEGATIVE_INFINITY
addEventListener(
  'keydown',
  () => {
    lastKeyAt = performance.now()
  },
  true,
)

const quietMs = 400
const longestWaitMs = 5000

/** Waits until nobody has pressed a key for a moment, five seconds at most: who types is not to wait for what they did not ask for. */
export async function untilQuiet(): Promise<void> {
  const end = performance.now() + longestWaitMs
  while (performance.now() < Math.min(end, lastKeyAt + quietMs)) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Takes all steps, with a turn for others between them where they are long. */
export async function byTurns<R>(steps: Generator<undefined, R>): Promise<R> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await othersTurn()
  }
}
