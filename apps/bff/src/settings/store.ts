import type { FieldChange } from '@tunnel-console/shared/diff'
import { sameValue } from '@tunnel-console/shared/field-values'
import { ProblemError } from '@tunnel-console/shared/problem'
import {
  type Settings,
  type SettingsPatch,
  sandboxSettings,
  settingFields,
  settingsErrors,
  settingsFrom,
} from '@tunnel-console/shared/settings'
import type { AuditActor, AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import { setting } from '../storage/schema.ts'

export type SettingsStore = ReturnType<typeof createSettings>

/** The settings of the console. Each change of them is one commit with its audit entry. */
export function createSettings(
  { db, now, mode }: Pick<Deps, 'db' | 'now' | 'mode'>,
  audit: Pick<AuditStore, 'record'>,
) {
  const usual = mode === 'sandbox' ? sandboxSettings : {}

  async function read(): Promise<Settings> {
    const rows = await db.select({ key: setting.key, value: setting.value }).from(setting)
    return settingsFrom(Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown])), usual)
  }

  /** Throws `invalid` for settings that do not go together. */
  async function change(by: { actor: AuditActor; requestId: string }, patch: SettingsPatch): Promise<Settings> {
    const before = await read()
    const after = settingsFrom({ ...before, ...patch })
    const errors = settingsErrors(after)
    if (errors.length > 0) throw ProblemError.of('invalid', { errors })
    const changes = changesOf(before, after)
    if (changes.length === 0) return before
    const stamp = { by: JSON.stringify(by.actor), at: now().getTime() }
    const rows = changes.map(({ path: key, after: value }) => {
      const row = { value: JSON.stringify(value), ...stamp }
      return db
        .insert(setting)
        .values({ key, ...row })
        .onConflictDoUpdate({ target: setting.key, set: row })
    })
    await audit.record({ ...by, action: 'settings.change', target: null, changes, outcome: 'applied' }, rows)
    return after
  }

  return { read, change }
}

function changesOf(before: Settings, after: Settings): FieldChange[] {
  const names = Object.keys(settingFields) as (keyof Settings)[]
  return names
    .map((name) => ({ path: name, label: settingFields[name].label, before: before[name], after: after[name] }))
    .filter((change) => !sameValue(change.before, change.after))
}
