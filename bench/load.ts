import { connect, type Socket } from 'node:net'

export interface Asked {
  port: number
  path: string
  headers: Record<string, string>
}

export interface Answer {
  status: number
  headers: Map<string, string>
  body: Buffer
}

/**
 * One kept connection that asks, one question after the other. It reads the socket itself: an HTTP client would cost more
 * than what is measured, and hide it.
 */
export class Asker {
  readonly #socket: Socket
  #pieces: Buffer[] = []
  #size = 0
  /** Bytes of the whole answer, once its head has come. */
  #wanted: number | null = null
  #done: { resolve: (answer: Buffer) => void; reject: (error: Error) => void } | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (piece) => typeof piece !== 'string' && this.#take(piece))
    socket.on('error', (error) => this.#done?.reject(error))
    socket.on('close', () => this.#done?.reject(new Error('The connection was closed')))
  }

  static async open(port: number): Promise<Asker> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new Asker(socket)
  }

  /** Sends what `requestOf` made, and gives the whole answer as it came. */
  ask(request: Buffer): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
    this.#done = { resolve, reject }
    this.#socket.write(request)
    return promise
  }

  close(): void {
    this.#done = null
    this.#socket.destroy()
  }

  #take(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#size += piece.length
    this.#wanted ??= wantedBy(this.#pieces)
    if (this.#wanted === null || this.#size < this.#wanted) return
    const whole = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#size = 0
    this.#wanted = null
    this.#done?.resolve(whole)
  }
}

export function requestOf({ port, path, headers }: Asked): Buffer {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

/** How long the whole answer is, or `null` while its head is not whole. Every arm must say its length. */
function wantedBy(pieces: readonly Buffer[]): number | null {
  const start = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
  const end = start?.indexOf('\r\n\r\n') ?? -1
  if (start === undefined || end < 0) return null
  const head = start.toString('latin1', 0, end)
  if (/^HTTP\/1\.1 (204|304)/.test(head)) return end + 4
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length: ${head.slice(0, 200)}`)
  return end + 4 + Number(length)
}

/** An answer, taken apart. */
export function parseAnswer(whole: Buffer): Answer {
  const end = whole.indexOf('\r\n\r\n')
  const [first = '', ...lines] = whole.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), body: whole.subarray(end + 4) }
}

/** Asks once, over a connection of its own. */
export async function once(asked: Asked): Promise<Answer> {
  const asker = await Asker.open(asked.port)
  try {
    return parseAnswer(await asker.ask(requestOf(asked)))
  } finally {
    asker.close()
  }
}

/** So many questions over so many connections, each as fast as it is answered: how long each took, in milliseconds. */
export async function load(asked: Asked, connections: number, questions: number): Promise<number[]> {
  const askers = await Promise.all(Array.from({ length: connections }, () => Asker.open(asked.port)))
  const request = requestOf(asked)
  const took: number[] = []
  let left = questions
  const work = async (asker: Asker) => {
    while (left-- > 0) {
      const start = performance.now()
      await asker.ask(request)
      took.push(performance.now() - start)
    }
  }
  await Promise.all(askers.map(work))
  for (const asker of askers) asker.close()
  return took
}
