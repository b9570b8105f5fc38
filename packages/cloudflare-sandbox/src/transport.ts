/** What a real `fetch` rejects with when the connection fails: a TypeError whose cause carries the code. */
export function connectionError(code: 'ECONNRESET' | 'ECONNREFUSED'): TypeError {
  const cause = Object.assign(new Error(code === 'ECONNRESET' ? 'read ECONNRESET' : 'connect ECONNREFUSED'), { code })
  return new TypeError('fetch failed', { cause })
}

/** Waits, unless the request is given up first. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const giveUp = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    }, ms)
    signal.addEventListener('abort', giveUp, { once: true })
  })
}

export function forever(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** Time for what was sent to leave before the connection breaks; without it a socket drops both. */
const flushMs = 20

/** A body that announces its whole length and breaks off. */
export function brokenBody(bytes: Uint8Array, share: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    async pull(controller) {
      if (!sent) {
        sent = true
        controller.enqueue(bytes.slice(0, Math.floor(bytes.length * share)))
        return
      }
      await delay(flushMs, signal)
      throw connectionError('ECONNRESET')
    },
  })
}

/** A body that drips ten times a second. */
export function slowBody(bytes: Uint8Array, bytesPerSecond: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  const step = Math.max(1, Math.floor(bytesPerSecond / 10))
  let sent = 0
  return new ReadableStream({
    async pull(controller) {
      if (sent > 0) await delay((step / bytesPerSecond) * 1000, signal)
      controller.enqueue(bytes.slice(sent, sent + step))
      sent += step
      if (sent >= bytes.length) controller.close()
    },
  })
}
