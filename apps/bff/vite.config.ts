import path from 'node:path'
import { defineConfig } from 'vite'

const bff = import.meta.dirname

/** The program and what it needs as a few files: it starts four times as fast as from a thousand modules. */
export default defineConfig({
  root: bff,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    minify: false,
    emptyOutDir: true,
    // As deep as `node/`, from where the program finds its migrations and the built SPA.
    outDir: 'built',
    rolldownOptions: {
      output: { chunkFileNames: '[name]-[hash].js' },
      input: {
        main: path.join(bff, 'node/start.ts'),
        consoles: path.join(bff, 'node/consoles.ts'),
        'stand-in': path.join(bff, '../../packages/cloudflare-sandbox/node/stand-in.ts'),
      },
    },
  },
})
