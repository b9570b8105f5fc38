import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { tunnelOf } from './tunnels.ts'

/**
 * A Cloudflare that has its answer ready: the cheapest that Node can be. `node bench/upstream.ts <port> <tunnels>`.
 *
 * `/calls` tells how often the list was asked for; `/move` changes one tunnel, as between two polls of a live account.
 */
const [port, count] = process.argv.slice(2).map(Number)

let moves = 0
let calls = 0
let ready = made()

function made() {
  const tunnels = Array.from({ length: count ?? 0 }, (_, index) => tunnelOf(index, index === 0 ? moves : 0))
  const body = { success: true, errors: [], messages: [], result: { ipsec_tunnels: tunnels } }
  const plain = Buffer.from(JSON.stringify(body))
  return { plain, gzip: gzipSync(plain, { level: 6 }) }
}

const json = ['content-type', 'application/json']
const health = JSON.stringify({
  data: { viewer: { accounts: [{ magicTransitTunnelHealthChecksAdaptiveGroups: [] }] } },
  errors: null,
})

createServer((request, response) => {
  const url = request.url ?? ''
  if (url === '/calls') return void response.end(String(calls))
  if (url === '/move') {
    moves++
    ready = made()
    return void response.end()
  }
  if (url.includes('graphql')) return void response.writeHead(200, json).end(health)
  calls++
  const takesGzip = request.headers['accept-encoding']?.includes('gzip') ?? false
  const body = takesGzip ? ready.gzip : ready.plain
  const encoding = takesGzip ? ['content-encoding', 'gzip'] : []
  response.writeHead(200, [...json, ...encoding, 'content-length', String(body.length)]).end(body)
}).listen(port, '127.0.0.1')
