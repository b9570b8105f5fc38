/** How a body may be compressed, by its name in `Content-Encoding`. */
export type Encoding = 'br' | 'gzip'

export type Compress = (text: string) => Promise<ArrayBuffer>

/** The compressed forms of one text. Each is made when it is first asked for, and once. */
export interface Compressed {
  /** The forms that can be had, the smallest first. */
  encodings: readonly Encoding[]
  /** A form that is there already, or `null`. */
  ready(encoding: Encoding): ArrayBuffer | null
  /** Rejects when it cannot be made; it is tried anew the next time. */
  made(encoding: Encoding): Promise<ArrayBuffer>
}

/** `brotli` is a third smaller for long lists; not every runtime has it. */
export function compressedOf(text: string, brotli?: Compress): Compressed {
  const ways = new Map<Encoding, Compress>([...(brotli ? [['br', brotli] as const] : []), ['gzip', gzip]])
  const bodies = new Map<Encoding, ArrayBuffer>()
  const asked = new Map<Encoding, Promise<ArrayBuffer>>()

  function make(encoding: Encoding): Promise<ArrayBuffer> {
    const body = (ways.get(encoding) ?? gzip)(text)
    body.then(
      (made) => bodies.set(encoding, made),
      () => asked.delete(encoding),
    )
    asked.set(encoding, body)
    return body
  }

  return {
    encodings: [...ways.keys()],
    ready: (encoding) => bodies.get(encoding) ?? null,
    made: (encoding) => asked.get(encoding) ?? make(encoding),
  }
}

/** Compressed off our thread, where the runtime has one. */
async function gzip(text: string): Promise<ArrayBuffer> {
  const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(bytes).arrayBuffer()
}
