/** Asks again and again until there is a value, and gives it. Throws when `ms` have passed, with what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = 10_000,
): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`Waited ${ms} ms in vain: ${what}`)
    await pause(50)
  }
}

/** Watches for `ms` that something stays so. Gives the first sight of the contrary, or `null`. */
export async function contrary<T>(look: () => Promise<T | null>, ms: number): Promise<T | null> {
  const end = performance.now() + ms
  while (performance.now() < end) {
    const found = await look()
    if (found !== null) return found
    await pause(100)
  }
  return null
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
