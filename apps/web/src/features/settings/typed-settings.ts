import { type Settings, type SettingsPatch, settingFields, settingsErrors } from '@tunnel-console/shared/settings'
import type { FieldErrors, Resolver } from 'react-hook-form'

/** The settings as a form holds them. */
export type Typed = Record<keyof Settings, string>

export const typedOf = (settings: Settings): Typed => ({
  secondPerson: settings.secondPerson,
  keyAgeNoticeDays: String(settings.keyAgeNoticeDays),
  keyAgeWarnDays: String(settings.keyAgeWarnDays),
})

/** What was typed, by the rules of the settings: the settings themselves, or what is wrong with each. */
function read({ secondPerson, ...days }: Typed): { settings: Settings } | { errors: Record<string, string> } {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))
  const choice = settingFields.secondPerson.rule.safeParse(secondPerson)
  const notice = settingFields.keyAgeNoticeDays.rule.safeParse(number(days.keyAgeNoticeDays))
  const warn = settingFields.keyAgeWarnDays.rule.safeParse(number(days.keyAgeWarnDays))
  if (choice.success && notice.success && warn.success) {
    const settings = { secondPerson: choice.data, keyAgeNoticeDays: notice.data, keyAgeWarnDays: warn.data }
    const errors = settingsErrors(settings).map(({ pointer, detail }) => [pointer.slice(1), detail])
    return errors.length === 0 ? { settings } : { errors: Object.fromEntries(errors) }
  }
  const all = { secondPerson: choice, keyAgeNoticeDays: notice, keyAgeWarnDays: warn }
  const wrong = Object.entries(all).filter(([, { success }]) => !success)
  return { errors: Object.fromEntries(wrong.map(([name, { error }]) => [name, error?.issues[0]?.message ?? ''])) }
}

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
  const { secondPerson, keyAgeNoticeDays, keyAgeWarnDays } = found.settings
  return {
    ...(secondPerson !== saved.secondPerson && { secondPerson }),
    ...(keyAgeNoticeDays !== saved.keyAgeNoticeDays && { keyAgeNoticeDays }),
    ...(keyAgeWarnDays !== saved.keyAgeWarnDays && { keyAgeWarnDays }),
  }
}
