import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startWorld } from './world.ts'

const ops = path.join(import.meta.dirname, '../../../ops')

function checked(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test('Prometheus finds nothing to blame in the names, help texts and form of the metrics', async () => {
  const facts = { cpuSeconds: 1.5, residentBytes: 1e8, startedAtSeconds: 1.8e9, loopDelaySeconds: 0.021 }
  const world = await startWorld({ deps: { peerAddress: () => '127.0.0.1', processFacts: () => facts } })
  await world.services.owner.refresh()
  const text = await (await world.send('http://localhost/metrics')).text()
  expect(text.length).toBeGreaterThan(4000)
  expect(checked(['check', 'metrics'], text)).toEqual({ status: 0, said: '' })
})

test('Prometheus takes the alert rules, and they alert when they should', () => {
  expect(checked(['check', 'rules', path.join(ops, 'alert-rules.yml')])).toMatchObject({ status: 0 })
  expect(checked(['test', 'rules', path.join(ops, 'alert-rules.test.yml')])).toMatchObject({ status: 0 })
})
