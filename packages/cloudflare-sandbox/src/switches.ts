/** A tunnel's plain switches, each with what a new tunnel has when its body does not say. */
export const switches = {
  replay_protection: false,
  automatic_return_routing: false,
}

export type Switches = typeof switches

/** The switches that a body sets; what it does not say is not in the answer. */
export function switchesIn(body: Record<string, unknown>): Partial<Switches> {
  return Object.fromEntries(
    Object.keys(switches).flatMap((name) => (typeof body[name] === 'boolean' ? [[name, body[name]]] : [])),
  )
}
