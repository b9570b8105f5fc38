import type { Taken, TakenKind } from '@tunnel-console/shared/address-pools'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { HoldRow } from './hold-store.ts'

const nouns: Record<TakenKind, string> = {
  ipsec: 'the IPsec tunnel',
  gre: 'the GRE tunnel',
  interconnect: 'the interconnect',
  route: 'the route',
}

interface InTheWay {
  taken?: Taken | undefined
  held?: HoldRow | undefined
  /** Wall time, milliseconds. */
  at: number
}

/** Who or what has an address, and one that could be used instead; `null` when there is none. */
export function notFree({ taken, held, at }: InTheWay, alternative: string | null): ProblemError {
  const who = taken ? `It overlaps ${nouns[taken.kind]} ${taken.name} (${taken.subnet}).` : held ? heldBy(held, at) : ''
  const detail = alternative === null ? who : `${who} ${alternative} is free.`
  const errors = [{ pointer: '/interface_address', detail, source: 'console' as const }]
  return ProblemError.of('address-taken', { detail, errors, ...(alternative !== null && { alternative }) })
}

/** Nothing can be proposed. */
export function noneFree(pools: readonly string[]): ProblemError {
  const detail =
    pools.length === 0
      ? 'No pool of inside addresses is set. An administrator can set one in the settings.'
      : 'Every pool of inside addresses is full. An administrator can add one in the settings.'
  return ProblemError.of('not-now', { detail })
}

export function tooMany(most: number): ProblemError {
  return ProblemError.of('not-now', {
    detail: `You hold ${most} addresses already. Each is free again after ten minutes.`,
  })
}

/** For a dry run: a hold stops no write. */
export function warningOf(row: HoldRow, at: number): string {
  return `${heldBy(row, at)} Cloudflare accepts ${row.interfaceAddress} from you all the same.`
}

function heldBy({ by, expiresAt }: HoldRow, at: number): string {
  const minutes = Math.max(1, Math.ceil((expiresAt - at) / 60_000))
  return `${by} holds it for another ${minutes === 1 ? 'minute' : `${minutes} minutes`}.`
}
