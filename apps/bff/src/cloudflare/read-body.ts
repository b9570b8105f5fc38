import { ProblemError } from '@tunnel-console/shared/problem'
import { LimitExceeded, type Limits } from './limits.ts'

/** The text of an answer, within its limits of size and of time between two pieces. Gives the connection up when one is exceeded. */
export async function readBody(response: Response, limits: Limits, abort: AbortController): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  const aborted = abortOf(abort.signal)
  let text = ''
  let size = 0
  for (;;) {
    const idle = setTimeout(() => abort.abort(new LimitExceeded('idle')), limits.idle)
    const chunk = await Promise.race([reader.read(), aborted]).finally(() => clearTimeout(idle))
    if (chunk.done) return text + decoder.decode()
    size += chunk.value.byteLength
    if (size > limits.size) throw tooLarge(limits, abort)
    text += decoder.decode(chunk.value, { stream: true })
  }
}

function tooLarge(limits: Limits, abort: AbortController): ProblemError {
  const cause = new LimitExceeded('size')
  abort.abort(cause)
  const detail = `The answer is larger than ${limits.size} bytes`
  return ProblemError.of('upstream-unexpected', { detail }, { cause })
}

/** Rejects when the signal aborts. One promise for the whole body: one for each piece would pile up listeners. */
function abortOf(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // Whoever races it hears of it; when nobody does any more, it is nobody's failure.
  aborted.catch(() => undefined)
  return aborted
}
