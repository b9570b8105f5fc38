import type { TunnelDraft } from './draft.ts'
import type { Field, FieldValue } from './field.ts'
import { isInUse, sameValue, valueAt, withValue } from './field-values.ts'
import { fieldList } from './fields.ts'
import { cidrsOverlap } from './ip.ts'

/** Numbers and lists as they are typed. */
type Typed<T> = {
  [K in keyof T]: T[K] extends boolean ? boolean : T[K] extends FieldValue ? string : Typed<T[K]>
}

/** What the inputs of a form hold: a draft whose ASN and prefixes are still text. */
export type TunnelFormValues = Typed<TunnelDraft>

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
  return withoutBlanks({
    ...values,
    bgp: {
      ...bgp,
      customer_asn: asn === '' ? null : /^\d+$/.test(asn) ? Number(asn) : Number.NaN,
      extra_prefixes: bgp.extra_prefixes.split(/[\s,]+/).filter((prefix) => prefix !== ''),
    },
  })
}

/** A name or an address has no blanks around it: they come along when it is pasted. */
function withoutBlanks(draft: TunnelDraft): TunnelDraft {
  return fieldList
    .filter(({ control }) => trimmed.has(control))
    .reduce((trim, { path }) => withValue(trim, path, String(valueAt(trim, path)).trim()), draft)
}

const trimmed: ReadonlySet<Field['control']> = new Set(['text', 'address', 'subnet', 'hostname'])

export interface FieldProblem {
  path: string
  message: string
}

/** What a tunnel is compared with to find a name or a subnet that is already taken. */
export interface Neighbour {
  id: string
  name: string
  interface_address: string
}

/**
 * Our instant checks of a draft, one message a field, in form order. With `base`, fields that still hold their old value
 * are not judged: a tunnel made elsewhere by other rules must stay editable.
 */
export function draftProblems(
  draft: TunnelDraft,
  { base, neighbours = [] }: { base?: TunnelDraft; neighbours?: readonly Neighbour[] } = {},
): FieldProblem[] {
  return fieldList
    .filter(({ path }) => isInUse(draft, path) && (!base || isTouched(path, base, draft)))
    .flatMap((field) => {
      const message = ruleBroken(field, draft) ?? clash(field.path, draft, neighbours)
      return message === null ? [] : [{ path: field.path, message }]
    })
}

/** Fields of a BGP that was off are all new. */
function isTouched(path: string, base: TunnelDraft, draft: TunnelDraft): boolean {
  return !isInUse(base, path) || !sameValue(valueAt(base, path), valueAt(draft, path))
}

function ruleBroken({ path, rule }: Field, draft: TunnelDraft): string | null {
  const issue = rule.safeParse(valueAt(draft, path)).error?.issues[0]
  if (!issue) return null
  const [index] = issue.path
  return typeof index === 'number' ? `Entry ${index + 1}: ${issue.message}, write such as 100.64.0.0/12` : issue.message
}

/** What is wrong beside the other tunnels. Cloudflare has the last word: the list may be some seconds old. */
function clash(path: string, draft: TunnelDraft, neighbours: readonly Neighbour[]): string | null {
  if (path === 'interface_address') return overlap(draft, neighbours)
  const hasName = path === 'name' && neighbours.some(({ name }) => name === draft.name)
  return hasName ? `Another tunnel is called ${draft.name} already` : null
}

function overlap(draft: TunnelDraft, neighbours: readonly Neighbour[]): string | null {
  const clash = subnetClash(draft.interface_address, neighbours)
  return clash && `Overlaps ${clash.name} (${clash.interface_address})`
}

/** The first neighbour whose subnet shares an address with this one, or `null`. */
export function subnetClash(interfaceAddress: string, neighbours: readonly Neighbour[]): Neighbour | null {
  return neighbours.find((neighbour) => cidrsOverlap(neighbour.interface_address, interfaceAddress)) ?? null
}
