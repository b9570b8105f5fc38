import path from 'node:path'
import { defineConfig } from 'vite'

// This folder is no package of its own: it takes the React that the pages have.
const modules = path.join(import.meta.dirname, '../../../apps/web/node_modules')

export default defineConfig({
  root: import.meta.dirname,
  base: '/plain/',
  resolve: { alias: { react: path.join(modules, 'react'), 'react-dom': path.join(modules, 'react-dom') } },
  build: { emptyOutDir: true, modulePreload: false },
})
