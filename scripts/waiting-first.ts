import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that wait for clocks and processes for longest. One that came last would be waited for alone. */
const longest = [
  'soak/soak.test.ts',
  'scripts/adding-a-field.test.ts',
  'apps/bff/test/session-unavailable.test.ts',
  'soak/process/late-commits.test.ts',
  'bench/bench.test.ts',
]

/** Vitest's own order, after those. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => longest.findIndex((name) => moduleId.endsWith(`/${name}`))
    const sorted = await super.sort(files)
    const first = sorted.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b))
    return [...first, ...sorted.filter((file) => place(file) < 0)]
  }
}
