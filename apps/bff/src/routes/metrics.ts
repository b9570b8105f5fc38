import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { publicRoute } from '../http/requires.ts'
import { metricsDoor } from '../metrics/door.ts'

/** The text format of Prometheus, version 0.0.4. */
const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** `GET /metrics`, for machines: no session opens it, and it opens to none that a browser could bring. */
export const metricsRoutes = ({ deps, owner }: { deps: Deps; owner: Pick<Owner, 'measure'> }) =>
  new Hono<AppEnv>().get('/metrics', publicRoute, metricsDoor(deps), (c) => {
    const text = streamOf(owner.measure()).pipeThrough(new TextEncoderStream())
    const isCompressed = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    return c.body(isCompressed ? text.pipeThrough(new CompressionStream('gzip')) : text, 200, {
      'content-type': contentType,
      'cache-control': 'no-store',
      vary: 'accept-encoding',
      ...(isCompressed && { 'content-encoding': 'gzip' }),
    })
  })

/** Makes the next piece when the reader has taken the one before. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<string> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
