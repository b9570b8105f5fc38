import { endpoints } from '@tunnel-console/shared/contract'
import type { SettingsPatch } from '@tunnel-console/shared/settings'
import { request } from '../lib/api.ts'

/** Throws `invalid` with the settings that are wrong. */
export const changeSettings = async (patch: SettingsPatch) =>
  (await request(endpoints.changeSettings, { body: patch })).settings
