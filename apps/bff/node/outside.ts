import { type LookupAddress, type LookupAllOptions, lookup as lookUpByTheSystem } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isInternetAddress } from '@tunnel-console/shared/internet-address'
import { type Outside, TargetRefused } from '../src/deps.ts'
import { Agent, request } from './undici.ts'

const totalMs = 10_000
/** What is read of an answer, so that the connection ends in order; nobody looks at it. */
const mostBytes = 16 * 1024

interface OutsideOptions {
  /** Which addresses may be connected to. Tests allow their own; there is no setting for it. */
  isAllowed?: (address: string) => boolean
  protocols?: readonly string[]
  lookUp?: (
    name: string,
    options: LookupAllOptions,
    tell: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
  ) => void
}

/**
 * Requests to addresses that somebody typed, which must not reach what only this machine can reach (SSRF). A name is looked
 * up once, each of its addresses is checked, and those very addresses are connected to, so that a name which changes its
 * mind between check and use (DNS rebinding) gains nothing. Redirects are not followed, no cookie or proxy is used.
 */
export function createOutside({
  isAllowed = isInternetAddress,
  protocols = ['https:'],
  lookUp = lookUpByTheSystem,
}: OutsideOptions = {}): Outside {
  const lookup: LookupFunction = (hostname, options, tell) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error) return tell(error, [])
      if (found.length === 0 || !found.every(({ address }) => isAllowed(address))) return tell(new TargetRefused(), [])
      const [first] = found
      if (options.all) tell(null, found)
      else tell(null, first?.address ?? '', first?.family)
    })
  }
  const dispatcher = new Agent({
    connect: { timeout: 5000, lookup },
    headersTimeout: totalMs,
    bodyTimeout: totalMs,
    pipelining: 0,
    allowH2: false,
  })

  function refusalOf(text: string): string | null {
    const { protocol, hostname } = new URL(text)
    const host = hostname.replace(/^\[|\]$/g, '')
    const isRefused = !protocols.includes(protocol) || (isIP(host) !== 0 && !isAllowed(host))
    return isRefused || isLocalName(host) ? new TargetRefused().message : null
  }

  function isLocalName(host: string): boolean {
    return !isAllowed('127.0.0.1') && /(^|\.)(localhost|local|internal)\.?$/i.test(host)
  }

  return {
    refusalOf,
    async post(url, headers, body) {
      if (refusalOf(url) !== null) throw new TargetRefused()
      const answer = await request(url, dispatcher, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(totalMs),
      })
      await answer.body.dump({ limit: mostBytes }).catch(() => undefined)
      return { status: answer.statusCode }
    },
  }
}
