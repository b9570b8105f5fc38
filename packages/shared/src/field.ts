import type { TunnelDraft } from './draft.ts'
import type { SectionId } from './sections.ts'
import type { z } from './zod.ts'

export type FieldValue = string | number | boolean | null | string[]

/** The dot path of every value in `T`: `'name' | 'health_check.target.saved' | …`. */
export type PathOf<T> = {
  [K in keyof T & string]: T[K] extends FieldValue ? K : `${K}.${PathOf<NonNullable<T[K]>>}`
}[keyof T & string]

type At<T, Path extends string> = Path extends keyof T
  ? T[Path]
  : Path extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? At<T[Head], Rest>
      : never
    : never

/** Everything about a tunnel that a person can write. */
export type FieldPath = PathOf<TunnelDraft>

/** How much a change can hurt: high risk asks for the tunnel's typed name before it is applied. */
export type Risk = 'low' | 'medium' | 'high'

/** What a change does to the network. */
export interface Effect {
  text: string
  risk: Risk
}

/** One of the values that a field can take: Cloudflare's own word, and what people call it. */
export interface Choice {
  value: string
  label: string
}

/**
 * What a value is, and so how it is edited, shown and said: `lines` of free text, an IPv4 `address`, a `subnet` as an
 * address with its prefix, a `hostname`. A `secret` is told as "set" in every diff and in the audit log, and support never
 * sees it.
 */
type Control<V> = [V] extends [boolean]
  ? { control: 'switch' }
  : [V] extends [string[]]
    ? { control: 'list' }
    : [V] extends [string]
      ?
          | { control: 'text' | 'lines' | 'address' | 'subnet' | 'hostname' }
          | { control: 'secret'; support: false }
          | { control: 'select'; choices: readonly Choice[] }
      : { control: 'number' }

/** What the console knows about one field whose value is a `V`. */
export type FieldSpec<V> = Control<V> & {
  /** What people, screen readers and the audit log call it. */
  label: string
  section: SectionId
  /** Cloudflare's default, where it documents one. A field without one must be given. */
  default?: V
  /** What must hold before it is sent to Cloudflare: checked in the browser and in the BFF alike. */
  rule: z.ZodType<V>
  /** Whether support sees it. Said for each field, so that nothing is shown because somebody forgot (S10). */
  support: boolean
  /** What going from one draft to the other does, where this field differs between them. */
  effect: (before: TunnelDraft, after: TunnelDraft) => Effect
  /** What the form says below it. */
  hint?: string
  /** Where Cloudflare's errors point, when that is not the field's own path. */
  pointer?: string
}

/** A spec for every field of a draft, none forgotten and none too many. */
export type FieldsOf<Draft> = { readonly [Path in PathOf<Draft>]: FieldSpec<At<Draft, Path>> }

type AnySpec = FieldSpec<boolean> | FieldSpec<string> | FieldSpec<string[]> | FieldSpec<number | null>

export type Field = AnySpec & {
  /** Dot path into a `TunnelDraft`, and into Cloudflare's JSON but for `bgp.enabled`. */
  path: FieldPath
}
