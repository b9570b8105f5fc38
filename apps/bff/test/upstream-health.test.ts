import { expect, test } from 'vitest'
import { failureOf, startUpstream } from './upstream-world.ts'
import { apiToken } from './world.ts'

type Json = Record<string, unknown>

/** Health analytics that also say this in `errors`, beside the data or instead of it. */
async function healthWith(errors: unknown, change: (answer: Json) => Json = (answer) => answer) {
  const { client, sandbox, clock } = startUpstream()
  const fault = { kind: 'mutate' as const, change: (answer: Json) => change({ ...answer, errors }) }
  sandbox.faults.next(fault, { path: /graphql/ })
  return { reading: client.health(clock.now()), sandbox }
}

test.each([null, undefined, []])('U11 health with errors %j is whole', async (errors) => {
  expect((await (await healthWith(errors)).reading).size).toBeGreaterThan(0)
})

test.each([
  ['beside partial data', (answer: Json) => answer],
  ['without data', (answer: Json) => ({ ...answer, data: null })],
])('U11 health with errors %s is not believed, though the status is 200', async (_what, change) => {
  const errors = [{ message: 'quota exceeded', path: ['viewer'], extensions: { code: 'x', timestamp: 'now' } }]
  const { reading, sandbox } = await healthWith(errors, change)
  expect(await failureOf(reading)).toMatchObject({
    problem: { code: 'upstream-unexpected', upstream: [{ message: 'quota exceeded' }] },
  })
  expect(sandbox.ledger).toHaveLength(1)
})

test.each([[['words']], [[null]], [[{}]], [[{ message: 7 }]]])(
  'U11 errors that are none %j still are',
  async (errors) => {
    expect(await failureOf((await healthWith(errors)).reading)).toMatchObject({
      problem: { code: 'upstream-unexpected' },
    })
  },
)

test('U11 S14 what health says is scrubbed, and capped in number and length', async () => {
  const message = `Bearer ${apiToken} \u001b[31m${'x'.repeat(5000)}`
  const { reading } = await healthWith(Array.from({ length: 500 }, () => ({ message })))
  const { problem } = (await failureOf(reading)) as { problem: { upstream: { message: string }[] } }
  expect(problem.upstream).toHaveLength(50)
  expect(problem.upstream[0]?.message).toMatch(/^Bearer \[redacted\] {2}\[31mx{300,}$/)
  expect(problem.upstream[0]?.message.length).toBeLessThanOrEqual(400)
  expect(JSON.stringify(problem)).not.toContain(apiToken)
})
