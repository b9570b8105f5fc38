import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const bff = `http://127.0.0.1:${process.env['BFF_PORT'] ?? '8787'}`

// What every page needs, in one file: otherwise each helper that two pages share becomes a request of its own.
const core = [
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//,
  /node_modules\/@tanstack\/(history|query-core|react-query|react-router|router-core|react-store|store)\//,
  /shared\/src\/(contract|problem)\.ts$/,
  /web\/src\/data\/(activity|polled|session|tabs)\.ts$/,
  /web\/src\/lib\/(api|cx|doubted-role|format|query-client|role-words|server-clock|shortcuts|signed-out|store|theme|use-[a-z-]+|view-as)\.ts$/,
  /web\/src\/ui\/(announcer|badge|banner|button|checkbox|copy-button|error-panel|link-button|needs-role|page-header|skeleton|spinner|time-ago|tooltip)\.tsx$/,
]

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

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), compressed],
  // The Content Security Policy allows no `data:` URL, so nothing is inlined.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'core', test: (id) => core.some((part) => part.test(id)) }] } },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: bff, changeOrigin: false } } },
})
