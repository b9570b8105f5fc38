import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { readRepoFile, repoFiles, root } from './repo-files.ts'
import { rowId, testNames } from './test-names.ts'

export const requirementsFile = 'docs/requirements.md'

/** One test that carries the id of a row in its name. */
export interface Proof {
  row: string
  test: string
  file: string
}

/** What people wrote in the document: a meaning for each row, and which rows have no test yet. */
export interface Rows {
  meanings: Map<string, string>
  unproved: Set<string>
}

const isTestFile = /\.(?:test|e2e)\.tsx?$|^soak\/.*\.ts$/
const start =
  '<!-- From here to the end the page is made from the names of the tests, by `node scripts/requirements.ts`. -->'

/** Every pair of a row and a test that names it, in the order of the rows, then of the files. */
export function readProofs(): Proof[] {
  return repoFiles()
    .filter((file) => isTestFile.test(file))
    .flatMap((file) => proofsIn(file, readRepoFile(file)))
    .toSorted((a, b) => compareRows(a.row, b.row))
}

/** The rows that a file's tests name. An id in the name of a group counts for every test of the group. */
export function proofsIn(file: string, source: string): Proof[] {
  return testNames(file, source).flatMap((titles) => {
    const test = titles.join(' › ')
    return [...new Set(test.match(rowId))].map((row) => ({ row, test, file }))
  })
}

/** The part of the document that people write: `| S01 | meaning |` in tables, `- L8` under "Not yet proved". */
export function readRows(document: string): Rows {
  const written = document.split(start)[0] ?? ''
  const meanings = [...written.matchAll(/^\| ([SULHTB]\d+) \| (.+) \|$/gm)].map(
    ([, row = '', meaning = '']) => [row, meaning] as const,
  )
  const unproved = [...written.matchAll(/^- ([SULHTB]\d+)$/gm)].map(([, row = '']) => row)
  return { meanings: new Map(meanings), unproved: new Set(unproved) }
}

/** What is wrong between the rows that people wrote and the tests that exist, a line each. */
export function complaints({ meanings, unproved }: Rows, proofs: Proof[]): string[] {
  const proved = new Set(proofs.map(({ row }) => row))
  const known = [...meanings.keys()]
  return [
    ...[...proved]
      .filter((row) => !meanings.has(row))
      .map((row) => `${row} is in the name of a test: say what it means`),
    ...known.filter((row) => !proved.has(row) && !unproved.has(row)).map((row) => `${row} has no test`),
    ...[...unproved]
      .filter((row) => proved.has(row))
      .map((row) => `${row} has a test: take it out of "Not yet proved"`),
    ...[...unproved].filter((row) => !meanings.has(row)).map((row) => `${row} is not yet proved: say what it means`),
  ]
}

/** The document with its generated part made anew. */
export function render(document: string, proofs: Proof[]): string {
  const written = document.split(start)[0] ?? ''
  const rows = proofs.map(
    ({ row, test, file }) => `| ${row} | ${inCell(test)} | [${path.basename(file)}](../${file}) |`,
  )
  return `${written}${start}\n\n| row | test | file |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

const groups = 'SULHTB'

function compareRows(a: string, b: string): number {
  return groups.indexOf(a.charAt(0)) - groups.indexOf(b.charAt(0)) || Number(a.slice(1)) - Number(b.slice(1))
}

if (import.meta.main) {
  const document = readRepoFile(requirementsFile)
  const proofs = readProofs()
  writeFileSync(path.join(root, requirementsFile), render(document, proofs))
  const wrong = complaints(readRows(document), proofs)
  if (wrong.length > 0) console.error(wrong.join('\n'))
  process.exitCode = wrong.length > 0 ? 1 : 0
}
