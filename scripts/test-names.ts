import { type ESTree, parseSync, Visitor } from 'vite'

/** A test, or one case of a table whose first column carries a row id: its name and those of the groups it stands in. */
export type TestName = string[]

/** A row id as it is written in a name: S01, U17, L3, H1, T6, B2. */
export const rowId = /\b(?:S\d\d|[ULHTB]\d{1,2})\b/g

/**
 * The names of the tests in one file of Vitest or Playwright, outermost group first, in the order of the file. Tests that
 * never run (`skip`, `todo`, `fixme`) are left out: they prove nothing. A `${…}` in a name is told as `…`.
 */
export function testNames(file: string, source: string): TestName[] {
  const groups: { node: ESTree.CallExpression; title: string }[] = []
  const found: TestName[] = []
  new Visitor({
    CallExpression(node) {
      const call = readCall(node)
      if (call?.kind === 'group') groups.push({ node, title: call.titles[0] ?? '' })
      if (call?.kind !== 'test') return
      for (const title of call.titles) found.push([...groups.map((group) => group.title), title])
    },
    'CallExpression:exit'(node) {
      if (groups.at(-1)?.node === node) groups.pop()
    },
  }).visit(parseSync(file, source).program)
  return found
}

const neverRun = ['skip', 'todo', 'fixme']
const notTests = ['step', 'extend', 'use', 'beforeEach', 'afterEach', 'beforeAll', 'afterAll', ...neverRun]

/** `test('…', …)`, `test.each(table)('…', …)`, `describe('…', …)`, `test.describe('…', …)`; anything else is `null`. */
function readCall(node: ESTree.CallExpression): { kind: 'test' | 'group'; titles: string[] } | null {
  const title = textOf(node.arguments[0])
  const { name, members, table } = readCallee(node.callee)
  if (title === null || !['test', 'it', 'describe'].includes(name)) return null
  if (members.some((member) => notTests.includes(member))) return null
  const isGroup = name === 'describe' || members.includes('describe')
  return isGroup ? { kind: 'group', titles: [title] } : { kind: 'test', titles: casesOf(title, table) }
}

interface Callee {
  name: string
  members: string[]
  table: ESTree.CallExpression['arguments'][number] | undefined
}

/** What is called: `test.each(table)` is `test` with the member `each`, and its table. */
function readCallee(callee: ESTree.Node): Callee {
  if (callee.type === 'Identifier') return { name: callee.name, members: [], table: undefined }
  if (callee.type === 'CallExpression') return { ...readCallee(callee.callee), table: callee.arguments[0] }
  if (callee.type !== 'MemberExpression') return { name: '', members: [], table: undefined }
  const { name, members, table } = readCallee(callee.object)
  const member = callee.property.type === 'Identifier' ? [callee.property.name] : []
  return { name, members: [...members, ...member], table }
}

/** Where the cases of a table name rows themselves (`['U15 null for everything', …]`), each such case is a name. */
function casesOf(title: string, table: Callee['table']): string[] {
  const cases = table?.type === 'ArrayExpression' ? table.elements : []
  const named = cases
    .map((entry) => textOf(entry?.type === 'ArrayExpression' ? entry.elements[0] : entry) ?? '')
    .filter((text) => text.search(rowId) === 0)
  return named.length === 0 ? [title] : named.map((text) => title.replace('%s', () => text))
}

function textOf(node: ESTree.Node | null | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked ?? '').join('…')
  return null
}
