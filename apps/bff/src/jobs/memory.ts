/** What of a running job dies with the process. Monotonic milliseconds. */
interface Memory {
  inFlight: Set<number>
  /** How often a row was sent back, one time after the other. */
  tries: Map<number, number>
  batchEndedAt: number | null
  restsUntil: number
}

export type Memories = ReturnType<typeof createMemories>

/** What this process knows of its jobs beside the database. A restart may lose it: then pauses begin anew. */
export function createMemories() {
  const all = new Map<string, Memory>()
  return {
    of(jobId: string): Memory {
      const known = all.get(jobId) ?? { inFlight: new Set(), tries: new Map(), batchEndedAt: null, restsUntil: 0 }
      all.set(jobId, known)
      return known
    },
    has: (jobId: string, position: number) => all.get(jobId)?.inFlight.has(position) ?? false,
    inFlightElsewhere: (jobId: string) =>
      [...all].reduce((sum, [id, { inFlight }]) => sum + (id === jobId ? 0 : inFlight.size), 0),
    forget: (jobId: string) => all.delete(jobId),
  }
}
