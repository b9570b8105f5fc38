import { expect, test } from 'vitest'
import { isThere, pathsIn } from './doc-paths.ts'
import { unusedExports } from './exports.ts'
import { readRepoFile, repoFiles } from './repo-files.ts'

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
  expect(namingNotes).toEqual([])
})

const namedPaths = files
  .filter(isDocument)
  .flatMap((page) => pathsIn(page, readRepoFile(page)).map((name) => ({ page, name })))
const missing = namedPaths.filter(({ name }) => !isThere(name, files))

test('the documents name only files that exist', () => {
  expect(missing).toEqual([])
})

const checked = ['packages/shared/src/', 'packages/device-config/src/', 'apps/web/src/']
/** A build puts what is in there in place of other modules (`vite.first-page.config.ts`). */
const inPlace = ['apps/web/src/first-page/']
const unused = unusedExports(new Map(files.filter(isCode).map((file) => [file, readRepoFile(file)])))
  .filter(({ file }) => isIn(checked)(file) && !isIn(inPlace)(file))
  .map(({ file, name }) => ({ file, name }))

test('what is exported has a user in another file', () => {
  expect(unused).toEqual([])
})
