import { expect, test } from 'vitest'
import { overBudget, partOf } from '../apps/web/first-files.ts'

test('T11 a page that loads more JavaScript than it may fails the build, and the build says by how much', () => {
  expect(overBudget('routes/sign-in-alone.tsx', 70_000)).toBe(null)
  expect(overBudget('routes/sign-in-alone.tsx', 70_001)).toMatch(
    /^What routes\/sign-in-alone\.tsx loads first is 70001 bytes of JavaScript \(brotli\), and may be 70000\./,
  )
  expect(overBudget('app.tsx', 120_000)).toBe(null)
  expect(overBudget('app.tsx', 120_001)).toMatch(/^What app\.tsx loads first is 120001 bytes/)
})

const src = new URL('../apps/web/src/', import.meta.url).pathname

/** Modules by what they import; names without a folder are ours. */
const graph = (imports: Record<string, string[]>) => ({
  getModuleInfo: (id: string) => ({
    importedIds: (imports[id.replace(src, '')] ?? []).map((name) => src + name),
    code: null,
  }),
})

test('T11 what both pages load is in one file, what only the list loads in another, and what follows in one file each', () => {
  const world = graph({
    'features/tunnels/list-rest.tsx': ['ui/button.tsx', 'lib/days.ts', 'lib/both.ts'],
    'routes/shell-rest.tsx': ['lib/commands.ts', 'lib/both.ts'],
    'main.tsx': ['lib/theme.ts'],
    'app.tsx': ['ui/button.tsx', 'ui/data-table.tsx'],
    'routes/sign-in-alone.tsx': ['ui/button.tsx', 'ui/login-field.tsx'],
  })
  const names = ['lib/theme.ts', 'ui/button.tsx', 'ui/data-table.tsx', 'ui/login-field.tsx', 'ui/menu.tsx', 'app.tsx']
  expect(names.map((name) => partOf(src + name, world))).toEqual(['base', 'base', 'app', 'sign-in', null, 'app'])
  const later = ['lib/days.ts', 'lib/both.ts', 'lib/commands.ts', 'routes/shell-rest.tsx']
  expect(later.map((name) => partOf(src + name, world))).toEqual(['list-rest', 'list-rest', 'shell-rest', 'shell-rest'])
})
