const hour = 3600

/** Seconds. Source: Cloudflare docs, "GRE and IPsec tunnels" (docs/cloudflare.md, "IKE and IPsec"). */
const usual = {
  ike: { least: 8 * hour, most: 24 * hour, words: '8 to 24 hours' },
  child: { least: hour / 2, most: 8 * hour, words: '30 minutes to 8 hours' },
} as const

/** A lifetime in seconds against what is usual. Never more than a doubt: each end of IKEv2 keeps its own (RFC 7296, 2.8). */
export const lifetimes = {
  ike: (seconds: number) => judged(seconds, usual.ike),
  child: (seconds: number) => judged(seconds, usual.child),
} as const

interface Lifetime {
  verdict: 'fits' | 'doubt'
  yours: string
  expected: string
  why?: string
}

function judged(seconds: number, { least, most, words }: (typeof usual)['ike' | 'child']): Lifetime {
  const isUsual = seconds >= least && seconds <= most
  const why = 'Cloudflare never begins a renewal, so the lifetime on the device is the tunnel’s.'
  return {
    verdict: isUsual ? 'fits' : 'doubt',
    yours: durationWords(seconds),
    expected: words,
    ...(isUsual ? {} : { why }),
  }
}

/** "8 hours", "90 minutes" or "3601 seconds". */
function durationWords(seconds: number): string {
  const [value, unit] =
    seconds % hour === 0
      ? [seconds / hour, 'hour']
      : seconds % 60 === 0
        ? [seconds / 60, 'minute']
        : [seconds, 'second']
  return `${value} ${unit}${value === 1 ? '' : 's'}`
}
