import { sameValue } from '@tunnel-console/shared/field-values'
import {
  type Settings,
  type SettingsPatch,
  settingFields,
  settingsErrors,
  settingsFrom,
} from '@tunnel-console/shared/settings'
import type { FieldErrors, Resolver } from 'react-hook-form'

/** The settings as a form holds them. */
export type Typed = Record<keyof Settings, string>

export const typedOf = (settings: Settings): Typed => ({
  secondPerson: settings.secondPerson,
  keyAgeNoticeDays: String(settings.keyAgeNoticeDays),
  keyAgeWarnDays: String(settings.keyAgeWarnDays),
  addressPools: settings.addressPools.join('\n'),
  reservedAddresses: settings.reservedAddresses.join('\n'),
  statusHistoryDays: String(settings.statusHistoryDays),
})

const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))
const lines = (text: string) => text.split(/[\s,;]+/).filter((line) => line !== '')

/** What was typed, by the rules of the settings: the settings themselves, or what is wrong with each. */
function read(typed: Typed): { settings: Settings } | { errors: Record<string, string> } {
  const all = {
    secondPerson: settingFields.secondPerson.rule.safeParse(typed.secondPerson),
    keyAgeNoticeDays: settingFields.keyAgeNoticeDays.rule.safeParse(number(typed.keyAgeNoticeDays)),
    keyAgeWarnDays: settingFields.keyAgeWarnDays.rule.safeParse(number(typed.keyAgeWarnDays)),
    addressPools: settingFields.addressPools.rule.safeParse(lines(typed.addressPools)),
    reservedAddresses: settingFields.reservedAddresses.rule.safeParse(lines(typed.reservedAddresses)),
    statusHistoryDays: settingFields.statusHistoryDays.rule.safeParse(number(typed.statusHistoryDays)),
  }
  const wrong = Object.entries(all).filter(([, { success }]) => !success)
  if (wrong.length > 0)
    return { errors: Object.fromEntries(wrong.map(([name, { error }]) => [name, error?.issues[0]?.message ?? ''])) }
  const settings = settingsFrom(Object.fromEntries(Object.entries(all).map(([name, { data }]) => [name, data])))
  const errors = settingsErrors(settings).map(({ pointer, detail }) => [fieldOf(pointer), detail])
  return errors.length === 0 ? { settings } : { errors: Object.fromEntries(errors) }
}

/** The setting that a pointer leads to: a list is one field, whichever of its entries is wrong. */
export const fieldOf = (pointer: string): string => pointer.split('/')[1] ?? ''

export const resolveSettings: Resolver<Typed> = (typed) => {
  const found = read(typed)
  if ('settings' in found) return { values: typed, errors: {} }
  const errors = Object.entries(found.errors).map(([name, message]) => [name, { type: 'console', message }])
  return { values: {}, errors: Object.fromEntries(errors) as FieldErrors<Typed> }
}

/** Only what differs from what is set. */
export function patchOf(saved: Settings, typed: Typed): SettingsPatch {
  const found = read(typed)
  if (!('settings' in found)) return {}
  const names = Object.keys(settingFields) as (keyof Settings)[]
  const changed = names.filter((name) => !sameValue(saved[name], found.settings[name]))
  return Object.fromEntries(changed.map((name) => [name, found.settings[name]]))
}
