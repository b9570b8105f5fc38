import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const source = path.join(import.meta.dirname, 'src')
const here = path.join(source, 'first-page')
const isOurs = (id = '') => id.startsWith(`${source}/`) && !id.startsWith(`${here}/`)

const ofTheBrowser = [
  'addEventListener',
  'document',
  'history',
  'localStorage',
  'location',
  'matchMedia',
  'navigator',
  'sessionStorage',
]

/** React, for which a value that stands outside it is on the server what it is: there is no other side to agree with. */
const reactHere = '\0react-without-browser'
const reactCode = `
export * from 'react'
import { useSyncExternalStore as useValue } from 'react'
export const useSyncExternalStore = (subscribe, value, first = value) => useValue(subscribe, value, first)
`

/** Has our modules take from `window.ts` what they would have of a browser, and from beside it what cannot be without one. */
const withoutBrowser: Plugin = {
  name: 'without-browser',
  enforce: 'pre',
  resolveId(id, importer) {
    if (!isOurs(importer)) return null
    if (id === 'react') return reactHere
    return id.endsWith('/data-table-virtual.tsx') ? path.join(here, 'virtual.tsx') : null
  },
  load: (id) => (id === reactHere ? reactCode : null),
  transform: {
    filter: { id: /\/src\/.*\.tsx?$/ },
    handler(code, id) {
      const taken = ofTheBrowser.filter((name) => new RegExp(`(?<![.\\w'"])${name}\\b`).test(code))
      if (!isOurs(id) || taken.length === 0) return null
      return { code: `import { ${taken.join(', ')} } from '${here}/window.ts'\n${code}`, map: null }
    },
  },
}

/** The page of the list as a function for the server, in files that need nothing else. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [withoutBrowser, react()],
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    ssr: path.join(here, 'draw.tsx'),
    target: 'node24',
    minify: false,
    outDir: 'built',
    emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: 'first-page.js', chunkFileNames: '[name]-[hash].js' } },
  },
})
