import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { newFolder, startedProgram } from './program.ts'

test('an idle connection is kept for longer than a proxy keeps it, so that no question meets its end', async () => {
  const program = await startedProgram({ env: { DATA_DIR: newFolder() } })
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const [answer]: IncomingMessage[] = await once(get(`${program.url}/healthz`, { agent }), 'response')
  answer?.resume()
  expect(answer?.headers['keep-alive']).toBe('timeout=65')
})
