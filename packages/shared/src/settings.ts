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
}

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
}

/** What holds, given what was set. What nobody has set, or what the rules no longer take, is as by default. */
export function settingsFrom(stored: Readonly<Record<string, unknown>>): Settings {
  const settingOf = <Name extends keyof Settings>(name: Name): Settings[Name] => {
    const field = settingFields[name]
    const read = field.rule.safeParse(stored[name])
    return read.success ? read.data : field.default
  }
  return {
    secondPerson: settingOf('secondPerson'),
    keyAgeNoticeDays: settingOf('keyAgeNoticeDays'),
    keyAgeWarnDays: settingOf('keyAgeWarnDays'),
  }
}

/** The body of `PATCH /api/settings`: only what changes. */
export type SettingsPatch = { [Name in keyof Settings]?: Settings[Name] | undefined }

export const SettingsPatch: z.ZodType<SettingsPatch> = z
  .strictObject({
    secondPerson: settingFields.secondPerson.rule.optional(),
    keyAgeNoticeDays: settingFields.keyAgeNoticeDays.rule.optional(),
    keyAgeWarnDays: settingFields.keyAgeWarnDays.rule.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Send at least one setting')

/** What is wrong with settings that are each right by themselves. */
export function settingsErrors({ keyAgeNoticeDays, keyAgeWarnDays }: Settings): FieldError[] {
  if (keyAgeWarnDays > keyAgeNoticeDays) return []
  const detail = `Warn later than the mention, which is after ${keyAgeNoticeDays} days`
  return [{ pointer: '/keyAgeWarnDays', detail, source: 'console' }]
}
