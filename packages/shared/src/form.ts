import type { TunnelDraft } from './draft.ts'
import * as rule from './field-rules.ts'
import { sameValue, valueAt } from './fields.ts'
import { cidrsOverlap } from './ip.ts'
import { z } from './zod.ts'

/** What the inputs of a form hold: a draft whose ASN and prefixes are still text. */
export interface TunnelFormValues extends Omit<TunnelDraft, 'bgp'> {
  bgp: { enabled: boolean; customer_asn: string; extra_prefixes: string; md5_key: string }
}

export function formOf(draft: TunnelDraft): TunnelFormValues {
  const { bgp } = draft
  return {
    ...draft,
    bgp: { ...bgp, customer_asn: bgp.customer_asn?.toString() ?? '', extra_prefixes: bgp.extra_prefixes.join('\n') },
  }
}

/** The draft that a form spells. Text that is no number becomes an ASN of `NaN`, which no rule accepts. */
export function draftOfForm(values: TunnelFormValues): TunnelDraft {
  const { bgp } = values
  const asn = bgp.customer_asn.trim()
  return {
    ...values,
    name: values.name.trim(),
    bgp: {
      ...bgp,
      customer_asn: asn === '' ? null : /^\d+$/.test(asn) ? Number(asn) : Number.NaN,
      extra_prefixes: bgp.extra_prefixes.split(/[\s,]+/).filter((prefix) => prefix !== ''),
    },
  }
}

const DraftRules = z.object({
  name: rule.name,
  description: rule.description,
  cloudflare_endpoint: rule.cloudflareEndpoint,
  customer_endpoint: rule.customerEndpoint,
  interface_address: rule.interfaceAddress,
  interface_address6: rule.interfaceAddress6,
  health_check: z.object({
    rate: rule.rate,
    type: rule.type,
    direction: rule.direction,
    target: z.object({ saved: rule.healthTarget }),
  }),
  custom_remote_identities: z.object({ fqdn_id: rule.customFqdn }),
})

const BgpRules = z.object({
  bgp: z.object({ customer_asn: rule.customerAsn, extra_prefixes: rule.extraPrefixes, md5_key: rule.md5Key }),
})

export interface FieldProblem {
  path: string
  message: string
}

/** What a tunnel is compared with to find a subnet that is already taken. */
export interface Neighbour {
  id: string
  name: string
  interface_address: string
}

/**
 * Our instant checks of a draft, one message a field. With `base`, fields that still hold their old value are not
 * judged: a tunnel made elsewhere by other rules must stay editable.
 */
export function draftProblems(
  draft: TunnelDraft,
  { base, neighbours = [] }: { base?: TunnelDraft; neighbours?: readonly Neighbour[] } = {},
): FieldProblem[] {
  const problems = [...issuesOf(DraftRules, draft), ...(draft.bgp.enabled ? issuesOf(BgpRules, draft) : [])]
  const clash = subnetClash(draft.interface_address, neighbours)
  if (clash) {
    problems.push({ path: 'interface_address', message: `Overlaps ${clash.name} (${clash.interface_address})` })
  }
  const isTouched = ({ path }: FieldProblem) =>
    !base || !sameValue(valueAt(base, path), valueAt(draft, path)) || (path.startsWith('bgp.') && !base.bgp.enabled)
  return problems.filter((problem, index) => isTouched(problem) && firstOfPath(problems, problem) === index)
}

/** The first neighbour whose subnet shares an address with this one, or `null`. */
export function subnetClash(interfaceAddress: string, neighbours: readonly Neighbour[]): Neighbour | null {
  return neighbours.find((neighbour) => cidrsOverlap(neighbour.interface_address, interfaceAddress)) ?? null
}

function issuesOf(schema: z.ZodType, draft: TunnelDraft): FieldProblem[] {
  const result = schema.safeParse(draft)
  if (result.success) return []
  return result.error.issues.map(({ path, message }) => ({
    path: path.filter((key) => typeof key === 'string').join('.'),
    message,
  }))
}

function firstOfPath(problems: readonly FieldProblem[], problem: FieldProblem): number {
  return problems.findIndex(({ path }) => path === problem.path)
}
