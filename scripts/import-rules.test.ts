import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')
const biome = path.join(root, 'node_modules/.bin/biome')

/** Lints files of a tree that exists for this test only, by the repository's own rules. Gives "file: rule" of each complaint. */
function complaints(files: Record<string, string>): string[] {
  const tree = mkdtempSync(path.join(tmpdir(), 'import-rules-'))
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }))
  cpSync(path.join(root, 'biome.json'), path.join(tree, 'biome.json'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(tree, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(tree, name), text)
  }
  const rules = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles']
  const { stdout } = spawnSync(biome, ['lint', '--vcs-enabled=false', '--reporter=json', ...rules, '.'], {
    cwd: tree,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] }
  return diagnostics.map(({ category, location }) => `${location.path}: ${category.split('/').at(-1)}`)
}

const src = 'apps/web/src'
const deviceConfig = 'packages/device-config/src'
const depths = [1, 2, 3]
/** A feature's file so many folders below `features/`. */
const fileAt = (depth: number) => `${src}/features/tunnel-editing/${'deeper/'.repeat(depth - 1)}file.ts`

const forbidden: [from: string, specifier: string][] = [
  ...depths.flatMap((depth) => {
    const up = '../'.repeat(depth)
    const specifiers = [
      `${up}audit/words.ts`,
      `${up}../features/audit/words.ts`,
      `${up}../routes/pages.ts`,
      `${up}../router.tsx`,
      `${up}../lib/api.ts`,
    ]
    return specifiers.map((specifier): [string, string] => [fileAt(depth), specifier])
  }),
  [`${src}/ui/file.tsx`, '../data/session.ts'],
  [`${src}/ui/file.tsx`, '../lib/api.ts'],
  [`${src}/ui/file.tsx`, '../features/audit/words.ts'],
  [`${src}/lib/file.ts`, '../data/session.ts'],
  [`${src}/lib/file.ts`, '../ui/button.tsx'],
  [`${src}/lib/deeper/file.ts`, '../../features/audit/words.ts'],
  [`${src}/data/file.ts`, '../features/audit/words.ts'],
  [`${src}/data/file.ts`, '../ui/button.tsx'],
  [`${src}/data/deeper/file.ts`, '../../routes/pages.ts'],
  [`${src}/routes/file.tsx`, '../lib/api.ts'],
  [`${src}/main.tsx`, './lib/api.ts'],
  [`${deviceConfig}/file.ts`, 'node:fs'],
  [`${deviceConfig}/file.ts`, 'zod'],
  [`${deviceConfig}/vendors/file.ts`, '../../../apps/web/src/lib/api.ts'],
  [`${deviceConfig}/vendors/file.ts`, '@tunnel-console/cloudflare-sandbox/seed'],
  ['interop/file.ts', '@tunnel-console/cloudflare-sandbox/seed'],
]

test.each(forbidden)('%s may not import %s', (from, specifier) => {
  expect(complaints({ [from]: `import { x } from '${specifier}'\nx()\n` })).toEqual([`${from}: noRestrictedImports`])
})

test.each([
  ['a type', "import type { X } from '../../audit/words.ts'\nexport type Y = X\n"],
  ['a re-export', "export { x } from '../../audit/words.ts'\n"],
  ['a lazy import', "export const load = () => import('../../audit/words.ts')\n"],
])('a nested folder of a feature may not reach another feature by %s either', (_way, text) => {
  expect(complaints({ [fileAt(2)]: text })).toEqual([`${fileAt(2)}: noRestrictedImports`])
})

test('a feature may import its own folders, data, lib and ui, however deep it stands', () => {
  const own: Record<number, string> = { 1: './edit/a.ts', 2: '../edit/a.ts', 3: '../../edit/a.ts' }
  const textAt = (depth: number) => {
    const up = '../'.repeat(depth + 1)
    const specifiers = [own[depth], `${up}data/session.ts`, `${up}lib/store.ts`, `${up}ui/button.tsx`]
    return specifiers.map((specifier) => `import '${specifier}'`).join('\n')
  }
  expect(complaints(Object.fromEntries(depths.map((depth) => [fileAt(depth), textAt(depth)])))).toEqual([])
})

test('a device configuration may import packages/shared and its own package', () => {
  const specifiers = ['@tunnel-console/shared/ip', '../text.ts', '../escape/hcl.ts', './strongswan.ts']
  const text = specifiers.map((specifier) => `import '${specifier}'`).join('\n')
  expect(complaints({ [`${deviceConfig}/vendors/file.ts`]: text })).toEqual([])
})

test('no feature is nested deeper than the rules reach', () => {
  const features = path.join(root, src, 'features')
  const files = readdirSync(features, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const deepest = Math.max(...files.map(({ parentPath }) => path.relative(features, parentPath).split(path.sep).length))
  expect(files.length).toBeGreaterThan(0)
  expect(deepest).toBeLessThanOrEqual(depths.length)
})

test('a cycle is found although it is made of types alone', () => {
  const files = {
    'packages/shared/src/a.ts': "import type { B } from './b.ts'\nexport interface A { b: B }\n",
    'packages/shared/src/b.ts': "import type { A } from './a.ts'\nexport interface B { a: A }\n",
  }
  expect(complaints(files).toSorted()).toEqual(Object.keys(files).map((name) => `${name}: noImportCycles`))
})
