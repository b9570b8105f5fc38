import path from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { lacking } from './interop/lacking.ts'
import { chromiumArgs, chromiumPath } from './scripts/chromium.ts'
import { promtool } from './scripts/promtool.ts'
import { WaitingFirst } from './scripts/waiting-first.ts'

const bff = path.join(import.meta.dirname, 'apps/bff')

export default defineConfig(async () => ({
  test: {
    // Many tests wait for clocks and processes more than they count, so two go on at a time, on two cores too.
    maxWorkers: 2,
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/bff/test/**/*.test.ts',
            'scripts/**/*.test.ts',
            'soak/**/*.test.ts',
            'bench/**/*.test.ts',
            // Where they cannot be tried, scripts/test.ts says why: a skipped test would say nothing.
            ...(lacking().length === 0 ? ['interop/**/*.test.ts'] : []),
          ],
          exclude: ['apps/bff/test/worker/**', '**/node_modules/**', ...(promtool() ? [] : ['**/*.promtool.test.ts'])],
          // Nothing here keeps state in a module, so files share a process and what it has loaded.
          isolate: false,
          testTimeout: 20_000,
          globalSetup: './scripts/build-program.ts',
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './apps/bff/worker/wrangler.jsonc' },
            miniflare: { bindings: { TEST_MIGRATIONS: await readD1Migrations(path.join(bff, 'migrations')) } },
          }),
        ],
        test: { name: 'workerd', include: ['apps/bff/test/worker/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        root: path.join(import.meta.dirname, 'apps/web'),
        // For the tests that look at what is drawn, and take the styles for it (`src/test/looks.ts`).
        plugins: [react(), tailwindcss()],
        // Found before the first test, or a dependency met half-way reloads the page and brings a second React.
        optimizeDeps: { entries: ['src/**/*.{ts,tsx}'] },
        test: {
          name: 'browser',
          include: ['src/**/*.test.tsx'],
          api: { host: '127.0.0.1' },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: chromiumArgs } }),
            instances: [{ browser: 'chromium' as const }],
          },
        },
      },
    ],
  },
}))
