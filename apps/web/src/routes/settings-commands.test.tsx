import { expect, test } from 'vitest'
import { commandSources } from '../lib/commands.ts'
import { sessionOf, show } from '../test/bff.tsx'
import { SettingsCommands } from './settings-commands.tsx'

const found = (query: string) => commandSources.get().flatMap((source) => source(query).map(({ label }) => label))

test('an administrator finds the connection in the palette, also by "token"', async () => {
  await show(<SettingsCommands />)
  expect(found('connection')).toEqual(['Connection'])
  expect(found('token')).toEqual(['Connection'])
  expect(found('')).toEqual([])
})

test('whoever may not see the connection is not offered it', async () => {
  await show(<SettingsCommands />, sessionOf('operator'))
  expect(found('connection')).toEqual([])
})
