/** A frame has 16 ms, and draws in them too. */
const longestMs = 10

let began = 0

/** Lets keys, frames and all else that waits have its turn, where work has gone on for long. */
export async function othersTurn(): Promise<void> {
  if (performance.now() - began < longestMs) return
  await new Promise((resolve) => setTimeout(resolve))
  began = performance.now()
}
