import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { healthOf, tunnelOf } from './tunnels.ts'

/**
 * A Cloudflare that has its answer ready: the cheapest that Node can be. `node bench/upstream.ts <port> <tunnels> [health]`.
 *
 * `/calls` tells how often the list was asked for; `/move` changes one tunnel, as between two polls of a live account.
 */
const [port, count = 0] = process.argv.slice(2, 4).map(Number)
const hasHealth = process.argv[4] === 'health'

let moves = 0
let calls = 0
let ready = made()

function made() {
  const tunnels = Array.from({ length: count }, (_, index) => tunnelOf(index, index === 0 ? moves : 0))
  const body = { success: true, errors: [], messages: [], result: { ipsec_tunnels: tunnels } }
  const plain = Buffer.from(JSON.stringify(body))
  return { plain, gzip: gzipSync(plain, { level: 6 }) }
}

const json = ['content-type', 'application/json']
/** Rows of health in the order of their names, as they are asked for; none of a time that is gone, and no traffic. */
function analytics(asked: string): string {
  const { query, variables } = JSON.parse(asked) as { query: string; variables: { names?: string[]; after?: string } }
  const isPast = /dimensions \{[^}]*datetime/.test(query)
  const names = hasHealth && !isPast && query.includes('health:') ? healthNames(variables) : []
  const rows = names.map(([name, state]) => ({
    count: 60,
    avg: { tunnelState: state },
    dimensions: { tunnelName: name, active: 1, edgeColoCode: 'FRA', edgeColoCity: 'Frankfurt', edgeColoCountry: 'DE' },
  }))
  return JSON.stringify({ data: { viewer: { accounts: [{ health: rows, traffic: [] }] } }, errors: null })
}

const health = Array.from({ length: count }, (_, index): [name: string, state: number] => [
  tunnelOf(index, 0).name,
  healthOf(index),
]).sort(([one], [other]) => (one < other ? -1 : 1))

/** As many as Cloudflare puts into one answer. */
const healthNames = ({ names, after = '' }: { names?: string[]; after?: string }) =>
  health.filter(([name]) => name >= after && (names?.includes(name) ?? true)).slice(0, 10_000)

createServer((request, response) => {
  const url = request.url ?? ''
  if (url === '/calls') return void response.end(String(calls))
  if (url === '/move') {
    moves++
    ready = made()
    return void response.end()
  }
  if (url.includes('graphql')) {
    return void text(request).then((asked) => response.writeHead(200, json).end(analytics(asked)))
  }
  calls++
  const takesGzip = request.headers['accept-encoding']?.includes('gzip') ?? false
  const body = takesGzip ? ready.gzip : ready.plain
  const encoding = takesGzip ? ['content-encoding', 'gzip'] : []
  response.writeHead(200, [...json, ...encoding, 'content-length', String(body.length)]).end(body)
}).listen(port, '127.0.0.1')
