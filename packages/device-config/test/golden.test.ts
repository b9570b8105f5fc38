import { readdirSync } from 'node:fs'
import path from 'node:path'
import { templates } from '@tunnel-console/device-config/templates'
import { describe, expect, test } from 'vitest'
import { branch, hub } from './tunnels.ts'

const golden = path.join(import.meta.dirname, 'golden')
const cases = { static: branch, bgp: hub }

const files = Object.entries(cases).flatMap(([name, tunnel]) =>
  templates.flatMap((template) =>
    template
      .files({ tunnel, accountNumber: null, key: null })
      .map((file) => ({ place: path.join(name, template.id, file.name), text: file.text })),
  ),
)

describe('each file is what was reviewed', () => {
  test.each(files)('$place', async ({ place, text }) => {
    await expect(text).toMatchFileSnapshot(path.join(golden, place))
  })
})

test('every file beside is still made', () => {
  const there = readdirSync(golden, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(golden, path.join(entry.parentPath, entry.name)))
  expect(there.sort()).toEqual(files.map(({ place }) => place).sort())
})

test('BGP is in each configuration that has it, and in none without', () => {
  const asn = /13335/
  expect(files.filter(({ place }) => place.startsWith('static')).filter(({ text }) => asn.test(text))).toEqual([])
  const withBgp = templates.filter((template) =>
    template.files({ tunnel: hub, accountNumber: null, key: null }).some(({ text }) => asn.test(text)),
  )
  expect(withBgp).toEqual(templates)
})
