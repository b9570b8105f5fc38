import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const bff = `http://127.0.0.1:${process.env['BFF_PORT'] ?? '8787'}`

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  // The Content Security Policy allows no `data:` URL, so nothing is inlined.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    target: 'es2023',
    // Building a schema, or one from another, has no effect besides: pages that check nothing do not pay for zod (20 kB).
    rolldownOptions: { treeshake: { manualPureFunctions: ['z', 'HealthSample'] } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: bff, changeOrigin: false } } },
})
