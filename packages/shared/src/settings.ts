import { overlappingPools, poolProblem, reservedProblem } from './address-pools.ts'
import { keyAgeDays } from './key-age.ts'
import type { FieldError } from './problem.ts'
import { z } from './zod.ts'

/** What the console knows about one setting: its words, what it is while nobody has set it, and what it may be. */
interface Setting<V> {
  label: string
  hint: string
  default: V
  rule: z.ZodType<V>
}

/** Whose changes wait for a second person: nobody's, or those of operators whose risk is high. */
export const secondPersonChoices = [
  { value: 'nobody', label: 'Nobody’s changes wait' },
  { value: 'high-risk', label: 'High-risk changes by operators wait' },
] as const
export type SecondPerson = (typeof secondPersonChoices)[number]['value']

export interface Settings {
  secondPerson: SecondPerson
  keyAgeNoticeDays: number
  keyAgeWarnDays: number
  /** CIDRs that new tunnels get their inside addresses from, in the order in which they are filled. */
  addressPools: string[]
  /** CIDRs within the pools that are never proposed. */
  reservedAddresses: string[]
  /** How long it is kept which state each tunnel was in. */
  statusHistoryDays: number
}

/** A list of blocks of addresses, each of which says itself what is wrong with it. */
const blocks = (most: number, problemOf: (text: string) => string | null) =>
  z
    .array(
      z
        .string()
        .trim()
        .superRefine((text, context) => {
          const message = problemOf(text)
          if (message !== null) context.addIssue({ code: 'custom', message })
        }),
    )
    .max(most, `At most ${most} blocks`)

const days = z
  .number('Enter a number of days')
  .int('Enter whole days')
  .min(1, 'Enter at least 1 day')
  .max(3650, 'Enter at most 3650 days')

/** Every setting of the console, in the order of its page. A new setting is a new entry. */
export const settingFields: { readonly [Name in keyof Settings]: Setting<Settings[Name]> } = {
  secondPerson: {
    label: 'Second person',
    hint: 'Somebody else who may change tunnels sees the change and approves or declines it. New keys do not wait.',
    default: 'nobody',
    rule: z.enum(['nobody', 'high-risk'], 'Choose one of these'),
  },
  keyAgeNoticeDays: {
    label: 'Mention a key’s age after',
    hint: 'In days since the key was made.',
    default: keyAgeDays.notice,
    rule: days,
  },
  keyAgeWarnDays: {
    label: 'Warn of a key’s age after',
    hint: 'In days. Later than the mention.',
    default: keyAgeDays.warn,
    rule: days,
  },
  addressPools: {
    label: 'Address pools',
    hint: 'Blocks that new tunnels get their inside addresses from, one a line, filled in this order. Such as 10.252.0.0/22.',
    default: [],
    rule: blocks(50, poolProblem),
  },
  reservedAddresses: {
    label: 'Reserved addresses',
    hint: 'Blocks that are never proposed, one a line.',
    default: [],
    rule: blocks(500, reservedProblem),
  },
  statusHistoryDays: {
    label: 'Keep the history of states for',
    hint: 'In days. Which state each tunnel was in, and when.',
    default: 400,
    rule: days,
  },
}

/** The sandbox has pools from the start, around the addresses of its seed, so that it shows what they do. */
export const sandboxSettings: Partial<Settings> = {
  addressPools: ['10.252.0.0/22', '169.254.240.0/24'],
  reservedAddresses: ['10.252.3.0/24'],
}

/** What holds, given what was set. What nobody has set, or what the rules no longer take, is as in `usual`, or by default. */
export function settingsFrom(stored: Readonly<Record<string, unknown>>, usual: Partial<Settings> = {}): Settings {
  const settingOf = <Name extends keyof Settings>(name: Name): Settings[Name] => {
    const field = settingFields[name]
    const read = field.rule.safeParse(stored[name])
    return read.success ? read.data : (usual[name] ?? field.default)
  }
  return {
    secondPerson: settingOf('secondPerson'),
    keyAgeNoticeDays: settingOf('keyAgeNoticeDays'),
    keyAgeWarnDays: settingOf('keyAgeWarnDays'),
    addressPools: settingOf('addressPools'),
    reservedAddresses: settingOf('reservedAddresses'),
    statusHistoryDays: settingOf('statusHistoryDays'),
  }
}

/** The body of `PATCH /api/settings`: only what changes. */
export type SettingsPatch = { [Name in keyof Settings]?: Settings[Name] | undefined }

export const SettingsPatch: z.ZodType<SettingsPatch> = z
  .strictObject({
    secondPerson: settingFields.secondPerson.rule.optional(),
    keyAgeNoticeDays: settingFields.keyAgeNoticeDays.rule.optional(),
    keyAgeWarnDays: settingFields.keyAgeWarnDays.rule.optional(),
    addressPools: settingFields.addressPools.rule.optional(),
    reservedAddresses: settingFields.reservedAddresses.rule.optional(),
    statusHistoryDays: settingFields.statusHistoryDays.rule.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Send at least one setting')

/** What is wrong with settings that are each right by themselves. */
export function settingsErrors({ keyAgeNoticeDays, keyAgeWarnDays, addressPools }: Settings): FieldError[] {
  const errors: FieldError[] = []
  if (keyAgeWarnDays <= keyAgeNoticeDays) {
    const detail = `Warn later than the mention, which is after ${keyAgeNoticeDays} days`
    errors.push({ pointer: '/keyAgeWarnDays', detail, source: 'console' })
  }
  const overlap = overlappingPools(addressPools)
  if (overlap) {
    const detail = `${addressPools[overlap.index]} overlaps ${overlap.other}, another pool`
    errors.push({ pointer: `/addressPools/${overlap.index}`, detail, source: 'console' })
  }
  return errors
}
