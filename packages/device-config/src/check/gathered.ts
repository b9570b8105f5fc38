import type { Facts, Reading } from './facts.ts'

interface Telling {
  /** The connection that a line begins, or `null`. */
  begins: (line: string, count: number) => Facts | null
  /** What any other line says of the connection that was begun last. */
  tells: (line: string, last: Facts) => Partial<Facts>
}

/** Connections of an output that tells them one after the other, each over several lines. `null`: there is none. */
export function gathered(lines: readonly string[], { begins, tells }: Telling): Reading | null {
  const connections: Facts[] = []
  for (const line of lines) {
    const text = line.trim()
    const begun = begins(text, connections.length + 1)
    const last = connections.at(-1)
    if (begun) connections.push(begun)
    else if (last) connections[connections.length - 1] = { ...last, ...tells(text, last) }
  }
  return connections.length === 0 ? null : { connections, sessions: [] }
}
