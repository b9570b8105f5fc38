import { expect, test } from 'vitest'
import { isThere, pathsIn } from './doc-paths.ts'
import { unusedExports } from './exports.ts'
import { readRepoFile, repoFiles } from './repo-files.ts'

/** Where the notes that a clone does not have are still named. Each goes with the file's rewriting. */
const stillNamingNotes = ['apps/bff/src/', 'apps/bff/node/']

/** What the documents name before it is there. */
const arriving: readonly string[] = []

/** Where an export has no user yet, or none any more. */
const stillExporting: readonly string[] = []

const files = repoFiles()
const isText = (file: string) => /\.(?:tsx?|mjs|jsonc?|md|css|html|ya?ml|sql|svg)$/.test(file)
const isCode = (file: string) => /\.tsx?$/.test(file)
const isDocument = (file: string) => file.endsWith('.md')
const isIn = (prefixes: readonly string[]) => (file: string) => prefixes.some((prefix) => file.startsWith(prefix))

const notes = /\b(?:assurance|screens|domain|ecosystem|style|design|scale-out|terraform)\.md\b/
const namingNotes = files
  .filter((file) => isText(file) && file !== 'pnpm-lock.yaml')
  .filter((file) => notes.test(readRepoFile(file)))

test('nothing refers to a document that a clone does not have', () => {
  expect(namingNotes.filter((file) => !isIn(stillNamingNotes)(file))).toEqual([])
})

const namedPaths = files
  .filter(isDocument)
  .flatMap((page) => pathsIn(page, readRepoFile(page)).map((name) => ({ page, name })))
const missing = namedPaths.filter(({ name }) => !isThere(name, files))

test('the documents name only files that exist', () => {
  expect(missing.filter(({ name }) => !isIn(arriving)(name))).toEqual([])
})

const checked = ['packages/shared/src/', 'apps/web/src/']
const unused = unusedExports(new Map(files.filter(isCode).map((file) => [file, readRepoFile(file)])))
  .filter(({ file }) => isIn(checked)(file))
  .map(({ file, name }) => ({ file, name }))

test('what is exported has a user in another file', () => {
  expect(unused.filter(({ file }) => !isIn(stillExporting)(file))).toEqual([])
})

test('no exception outlives its reason', () => {
  const needed = {
    stillNamingNotes: stillNamingNotes.filter((prefix) => namingNotes.some(isIn([prefix]))),
    arriving: arriving.filter((prefix) => missing.some(({ name }) => name.startsWith(prefix))),
    stillExporting: stillExporting.filter((prefix) => unused.some(({ file }) => file.startsWith(prefix))),
  }
  expect({ stillNamingNotes, arriving, stillExporting }).toEqual(needed)
})

test.each([
  ['README.md', 'see [docs](docs/a.md#top) and [web](https://x.y/docs/b.md)', ['docs/a.md']],
  [
    'docs/a.md',
    '[root](../README.md), [here](#here), `apps/bff/src/`, scripts/*.ts.',
    ['README.md', 'apps/bff/src', 'scripts/*.ts'],
  ],
  ['docs/a.md', 'https://github.com/x/apps/y @tunnel-console/docs/z my-apps/q', []],
])('the paths in %s: %s', (page, text, expected) => {
  expect(pathsIn(page, text)).toEqual(expected)
})

test.each([
  ['a/b.ts', true],
  ['a', true],
  ['a/*.ts', true],
  ['a/**/*.ts', true],
  ['a/{b,c}.ts', true],
  ['a/c.ts', false],
  ['b', false],
])('whether %s names one of the files: %s', (name, expected) => {
  expect(isThere(name, ['a/b.ts'])).toBe(expected)
})

test('an export that only its own file uses is unused; one that is taken, or may be, is not', () => {
  const sources = new Map([
    [
      'a/a.ts',
      'export const one = 1, two = one\nexport type Three = 3\nexport function four() {}\nexport { one as five }',
    ],
    ['a/b.ts', "import { two, type Three } from './a.ts'\nexport const six = two as Three"],
    ['c.ts', "const later = () => import('./a/b.ts')"],
    ['packages/shared/src/d.ts', 'export interface Seven { a: 7 }\nexport class Eight {}'],
    ['e.ts', "import type { Seven } from '@tunnel-console/shared/d'\nexport { Eight } from '@tunnel-console/shared/d'"],
  ])
  expect(unusedExports(sources).map(({ file, name }) => `${file} ${name}`)).toEqual([
    'a/a.ts one',
    'a/a.ts four',
    'a/a.ts five',
    'e.ts Eight',
  ])
})

test('a type may be exported for the sake of what carries it, but not for nothing', () => {
  const source =
    'export interface Nine { a: 9 }\nexport interface Ten { a: 10 }\nexport const ten = (): Ten => ({ a: 10 })'
  const sources = new Map([
    ['a.ts', source],
    ['b.ts', "import { ten } from './a.ts'"],
  ])
  expect(unusedExports(sources).map(({ name }) => name)).toEqual(['Nine'])
})
