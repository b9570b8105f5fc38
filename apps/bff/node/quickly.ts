import type { IncomingMessage, ServerResponse } from 'node:http'
import type { createQuick } from '../src/http/quick.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** Answers from Node's own request what can be answered at once, and hands everything else on. */
export function quickly(quick: ReturnType<typeof createQuick>, isStopping: () => boolean, others: Listener): Listener {
  return (request, response) => {
    const { method = '', url = '', headers } = request
    const answer = isStopping() ? null : quick({ method, url, headers })
    if (!answer) return others(request, response)
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body && new Uint8Array(answer.body))
    answer.log()
  }
}
