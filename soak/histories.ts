import { spawnSync } from 'node:child_process'

// Part of npm run soak: the histories of undos, in a number that would take too long in npm test.
const { status } = spawnSync('vitest', ['run', '--project', 'node', 'apps/bff/test/undo-histories.test.ts'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, UNDO_HISTORIES: '200' },
})
process.exit(status ?? 1)
