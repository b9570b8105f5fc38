import { once as event } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

/** An answer that only has to be sent. */
export interface Ready {
  type: string
  body: Buffer
}

const compress = promisify(brotliCompress)

/** Compressed as the console compresses the same. */
export async function readyOf(plain: Buffer, type: string): Promise<Ready> {
  return { type, body: await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) }
}

const types: Record<string, string> = { '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' }

/** Serves what is ready, and the styles and fonts of the console's pages in `pages` as the console does. */
export async function serve(
  files: ReadonlyMap<string, Ready>,
  pages: string,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const ready = files.get(pathname)
    if (ready) return send(response, ready.body, ready.type, 'br')
    void asset(pages, pathname).then((found) =>
      found ? send(response, found.body, found.type, found.encoding) : response.writeHead(404).end(),
    )
  })
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await event(server, 'close')
  }
  return { port: address.port, stop }
}

async function asset(pages: string, pathname: string) {
  const type = types[path.extname(pathname)]
  if (type === undefined || pathname.includes('..')) return null
  const encoding = type === 'font/woff2' ? undefined : 'br'
  const body = await readFile(path.join(pages, encoding ? `${pathname}.br` : pathname)).catch(() => null)
  return body && { type, body, encoding }
}

function send(response: ServerResponse, body: Buffer, type: string, encoding: string | undefined): void {
  response
    .writeHead(200, {
      'content-type': type,
      'content-length': body.length,
      'cache-control': 'no-store',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    })
    .end(body)
}
