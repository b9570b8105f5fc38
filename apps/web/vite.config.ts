import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin } from 'vite'
import { firstFiles, frameRows, laterQueries, partOf, plainIcons, plainImports } from './first-files.ts'
import { plainReact, runtimeInPlace } from './plain-react.ts'

const bff = `http://127.0.0.1:${process.env['BFF_PORT'] ?? '8787'}`

/** Compressed as well as can be, once a build: a console that starts only reads. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(html|js|css|svg)$/.test(name)) continue
      const file = path.join(dir, name)
      const bytes = readFileSync(file)
      writeFileSync(`${file}.br`, brotliCompressSync(bytes))
      writeFileSync(`${file}.gz`, gzipSync(bytes))
    }
  },
}

/** The page of the list for the server, which draws it before the code of this build is there. */
const firstPage: Plugin = {
  name: 'first-page',
  apply: 'build',
  async closeBundle() {
    await build({ configFile: path.join(import.meta.dirname, 'vite.first-page.config.ts') })
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    tailwindcss(),
    plainReact,
    laterQueries,
    plainIcons,
    plainImports,
    runtimeInPlace,
    frameRows,
    firstFiles,
    compressed,
    firstPage,
  ],
  // React has had the hook itself since its version 18.
  resolve: {
    alias: {
      'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
      '../createLucideIcon.mjs': path.join(import.meta.dirname, 'src/ui/lucide-icon.ts'),
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // The Content Security Policy allows no `data:` URL.
    assetsInlineLimit: 0,
    target: 'es2023',
    // `firstFiles` says what is needed first. Vite's own helper took 50 ms before the first row to find out what is there.
    modulePreload: false,
    // One file of styles, so that code that comes later brings none (`plainImports`).
    cssCodeSplit: false,
    rolldownOptions: {
      // React asks its scheduler for what only a version for developers has (`plainReact`). Of ours the compiler tells.
      checks: { importIsUndefined: false },
      output: {
        // No property that is read, and no global, does anything by being read.
        minify: {
          compress: {
            target: 'es2023',
            treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
          },
          mangle: true,
          codegen: true,
        },
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: partOf, debugName: 'parts' }],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: bff, changeOrigin: false } } },
})
