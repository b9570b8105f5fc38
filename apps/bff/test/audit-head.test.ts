import { expect, test } from 'vitest'
import { createHeadLog } from '../src/audit/head.ts'
import type { LogEntry } from '../src/deps.ts'
import { intent, openAudit } from './audit-world.ts'

async function startHeadLog() {
  const { audit, close } = await openAudit()
  const lines: LogEntry[] = []
  let at = 0
  const head = createHeadLog({ audit, log: (entry) => lines.push(entry) }, () => at)
  return {
    audit,
    close,
    head,
    lines,
    pass: (ms: number) => {
      at += ms
    },
  }
}

test('S65 the head of the chain is logged when it has moved, at most once a minute', async () => {
  const { audit, head, lines, pass } = await startHeadLog()
  await head.tick()
  expect(lines).toEqual([])

  await audit.begin(intent)
  await head.tick()
  const first = await audit.head()
  expect(lines).toEqual([{ level: 'info', event: 'audit.head', ...first }])

  await audit.begin(intent)
  pass(59_999)
  await head.tick()
  expect(lines).toHaveLength(1)
  pass(1)
  await head.tick()
  pass(60_000)
  await head.tick()
  expect(lines.map(({ seq }) => seq)).toEqual([1, 2])
})

test('S65 a stop logs the head whenever the last line was, and only if it has moved', async () => {
  const { audit, head, lines } = await startHeadLog()
  await audit.begin(intent)
  await head.tick()
  await audit.begin(intent)
  await head.flush()
  await head.flush()
  expect(lines.map(({ seq }) => seq)).toEqual([1, 2])
})

test('a database that cannot be read stops nothing', async () => {
  const { close, head, lines } = await startHeadLog()
  close()
  await head.tick()
  await head.flush()
  expect(lines).toEqual([])
})
