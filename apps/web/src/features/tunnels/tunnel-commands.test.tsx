import { expect, test } from 'vitest'
import { tunnelsQuery } from '../../data/tunnels.ts'
import { commandSources } from '../../lib/commands.ts'
import { fakeBff, sessionOf, show } from '../../test/bff.tsx'
import { tunnelAt } from './test-world.tsx'
import { TunnelCommands } from './tunnel-commands.tsx'

const list = {
  tunnels: [tunnelAt(0, { name: 'paris' }), tunnelAt(1, { name: 'lyon' })],
  fetchedAt: '',
  stale: false,
  unreadable: 0,
  doubted: null,
  failure: null,
}

test.each(['support bundle paris', 'support zip paris'])('"%s" offers the bundle in both its forms', async (query) => {
  fakeBff({ 'GET /api/tunnels': () => ({ body: list }) })
  const client = await show(<TunnelCommands />, sessionOf('support'))
  await client.ensureQueryData(tunnelsQuery())
  const labels = commandSources.get().flatMap((source) => source(query).map(({ label }) => label))
  expect(labels).toEqual(['Support bundle of paris', 'Support bundle (ZIP) of paris'])
})
