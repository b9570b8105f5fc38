import type { PlanAnswer } from '@tunnel-console/shared/api'
import { siteOf } from '@tunnel-console/shared/site'
import type { TunnelState } from '@tunnel-console/shared/status'
import type { ChosenOne } from '../bulk/bulk-start.ts'
import { type DryEffect, type DryRow, judgedRow, notChecked } from '../bulk/plan.ts'

/** One tunnel that is to be deleted: what hangs on it, and what Cloudflare says of it. */
export interface DeleteRow extends DryRow {
  /** The one that the dry run was about; `null` until then. */
  version: string | null
  /** `null`: nobody knows. */
  state: TunnelState | null
  /** Prefixes whose static route leads through it; `null` where the routes cannot be read. */
  prefixes: readonly string[] | null
  /** The site that it leaves without a healthy tunnel, together with the others that are chosen. */
  lastOf: string | null
}

/** What is known of the account while one decides. */
export interface Surroundings {
  /** What leads through each tunnel, by id; `null` where the routes cannot be read. */
  prefixes: ReadonlyMap<string, readonly string[]> | null
  states: Readonly<Record<string, { state: TunnelState }>> | null
  /** Sites that lose their last healthy tunnel. */
  exposed: ReadonlySet<string>
  /** What tells the tunnels of a site apart. */
  ending: string
}

/** A row of the page. Without an answer it has not been asked about. */
export function deleteRow(chosen: ChosenOne, answer: PlanAnswer | undefined, around: Surroundings): DeleteRow {
  const judged = answer ? judgedRow(notChecked(chosen, ''), { id: chosen.id, ...answer }) : notYet(chosen)
  const prefixes = around.prefixes?.get(chosen.id) ?? null
  const state = around.states?.[chosen.id]?.state ?? null
  const site = siteOf(chosen.name, around.ending)
  return {
    ...judged,
    effects: effectsOf(prefixes),
    version: answer?.version ?? null,
    state,
    prefixes,
    lastOf: state === 'up' && around.exposed.has(site) ? site : null,
  }
}

const notYet = (chosen: ChosenOne) => notChecked(chosen, 'Not asked about yet')

function effectsOf(prefixes: readonly string[] | null): DryEffect[] {
  const gone: DryEffect = {
    text: 'Deleted at Cloudflare with its key and its settings. This cannot be undone.',
    risk: 'high',
  }
  if (prefixes === null) return [gone, { text: 'Static routes may use it: they could not be read.', risk: 'medium' }]
  if (prefixes.length === 0) return [gone]
  return [gone, { text: 'Static routes through it would point nowhere: Cloudflare keeps them.', risk: 'high' }]
}
