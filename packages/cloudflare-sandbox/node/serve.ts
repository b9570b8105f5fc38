import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Sandbox } from '@tunnel-console/cloudflare-sandbox'

export interface ServedSandbox {
  /** Includes `/client/v4`, as `CLOUDFLARE_BASE_URL` does. */
  url: string
  close(): Promise<void>
}

/** The sandbox behind a real socket on loopback, so that broken connections are really broken. */
export async function serveSandbox(sandbox: Sandbox, options: { port?: number } = {}): Promise<ServedSandbox> {
  const sockets = new Set<Socket>()
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: (request: Request, env: { incoming: { socket: Socket } }) =>
      overSocket(sandbox, request, env.incoming.socket),
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  // A listening TCP server has an AddressInfo; strings are for pipes.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/client/v4`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A listener that accepted a connection cannot refuse it any more: over a socket, `notSent` is a reset too. */
async function overSocket(sandbox: Sandbox, request: Request, socket: Socket): Promise<Response> {
  try {
    const response = await sandbox.fetch(request)
    return response.body
      ? new Response(breakable(response.body, socket), { status: response.status, headers: response.headers })
      : response
  } catch (error) {
    if (!isConnectionError(error) && !request.signal.aborted) throw error
    socket.resetAndDestroy()
    return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  }
}

/** Passes a body on; when it breaks off, so does the connection. */
function breakable(body: ReadableStream<Uint8Array>, socket: Socket): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch {
        socket.resetAndDestroy()
        controller.close()
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error && 'code' in error.cause
}
