import { expect, test } from 'vitest'
import { idOf, opened, problemIn } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const hidden = ['\0', '\x1b', '\u202e', '\u2066', '\u200b', '\ufeff', '\ud800']

test.each(hidden)(
  'a name or a description that hides %j is refused on its field, and nothing is sent',
  async (character) => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world, 'rotterdam-a')
    const { ifMatch } = await opened(operator, id)
    const bad = { name: `fra${character}dc1`, description: `first line\nsecond${character}line` }
    const answers = [
      await operator.send('POST', '/api/tunnels', { ...newTunnel, ...bad }),
      await operator.send('POST', '/api/tunnels?validate_only=true', { ...newTunnel, ...bad }),
      await operator.send('PUT', `/api/tunnels/${id}`, bad, ifMatch),
    ]
    const number = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    for (const answer of answers) {
      expect(answer.status).toBe(422)
      expect((await problemIn(answer)).errors).toEqual([
        { pointer: '/name', detail: expect.stringMatching(`character 4, .*U\\+${number}`), source: 'console' },
        { pointer: '/description', detail: expect.stringMatching(`character 18, .*U\\+${number}`), source: 'console' },
      ])
    }
    expect(writes(world.sandbox)).toEqual([])
  },
)

test('a tunnel that got such a name elsewhere stays editable in its other fields', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, 'rotterdam-a')
  world.sandbox.externalWrite(id, { name: 'fra\u202edc1' })
  const { ifMatch } = await opened(operator, id)
  const answer = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'still editable' }, ifMatch)
  expect(answer.status).toBe(200)
})

test.each(hidden)('nor does the name of a person or a screen hide %j', async (character) => {
  const admin = await (await startWorld()).as('admin')
  const name = `Hall${character}1`
  const answers = [
    await admin.send('POST', '/api/walls', { name }),
    await admin.send('POST', '/api/users', { name, email: 'new@example.com', role: 'support' }),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(422)
    expect((await problemIn(answer)).errors).toMatchObject([
      { pointer: '/name', detail: expect.stringContaining('character 5') },
    ])
  }
})
