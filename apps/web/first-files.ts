import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'

const inReact = /node_modules\/(react|react-dom|scheduler)\//

/** What a library's one door leads to as well, and only pages use that come later. */
const isLater =
  /(infiniteQueryObserver|infiniteQueryBehavior|useInfiniteQuery|mutation|mutationObserver|useMutation|useBlocker)\.js$/

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[]; code: string | null } | null
}

/**
 * The file that a module goes to: what the page to sign in loads and the app as well, React with it, what only either of
 * them loads, and what follows after the rows and after the first page. Everything else is left to the bundler. Otherwise
 * each helper that two pages share becomes a request of its own: fifty of them before the first row, and twenty after it.
 */
export function partOf(id: string, graph: Graph): string | null {
  if (inReact.test(id)) return 'base'
  if (isLater.test(id)) return null
  const [first, alone, app, listRest, shellRest] = starts.map((start) => {
    const known = loaded.get(start) ?? loadedWith(start, graph)
    loaded.set(start, known)
    return known.has(id)
  })
  if (first || (alone && app)) return 'base'
  if (alone) return 'sign-in'
  if (app) return 'app'
  if (listRest) return 'list-rest'
  return shellRest ? 'shell-rest' : null
}

const starts = [
  'main.tsx',
  'routes/sign-in-alone.tsx',
  'app.tsx',
  'features/tunnels/list-rest.tsx',
  'routes/shell-rest.tsx',
]

/** Of this build: nothing changes any more when files are made. */
const loaded = new Map<string, ReadonlySet<string>>()

/** Everything that is loaded with a module of ours: what it imports, and what that imports. */
function loadedWith(start: string, graph: Graph): ReadonlySet<string> {
  const all = new Set<string>()
  const add = (id: string): void => {
    if (all.has(id)) return
    all.add(id)
    const { importedIds = [], code } = graph.getModuleInfo(id) ?? {}
    for (const next of importedIds) {
      if (!next.endsWith(allIcons)) add(next)
      else
        for (const file of iconFiles(code ?? '', graph.getModuleInfo(next)?.code ?? ''))
          add(next.replace(allIcons, file))
    }
  }
  add(path.join(import.meta.dirname, 'src', start))
  return all
}

const allIcons = 'lucide-react.mjs'

/** The icons that a module takes from the file that names them all, each by its own file. */
function iconFiles(code: string, all: string): string[] {
  const taken = /import\s*\{([^}]*)\}\s*from\s*["']lucide-react["']/.exec(code)?.[1]?.split(',') ?? []
  return taken.flatMap((one) => {
    const name = one.trim().split(' as ')[0] ?? ''
    return new RegExp(`default as ${name}\\b[^}]*\\} from ['"]\\./([^'"]+)`).exec(all)?.[1] ?? []
  })
}

const load = String.raw`import\("[^"]*"\)(?:\.then\(\(\w+\) => \w+\.\w+\))?`

/** An `import()` as Vite leaves it: of a whole module, or of the names that are taken from it. */
const preloaded = new RegExp(
  String.raw`__vitePreload\((?:\(\) => (${load})|async \(\) => \{\s*const \{[^}]*\} = await (${load});\s*return \{[^}]*\};\s*\}), __VITE_PRELOAD__\)`,
  'g',
)

/**
 * What Vite puts around every `import()` brings styles and preloads first. There are none to bring: all styles are one file,
 * and parts are preloaded by whoever shows them.
 */
export const plainImports: Plugin = {
  name: 'plain-imports',
  apply: 'build',
  transform: {
    filter: { id: /vite\/preload-helper\.js$/ },
    handler: () => ({ code: 'export const __vitePreload = (load) => load()', map: null }),
  },
  renderChunk: (code) => ({ code: code.replaceAll(preloaded, (_, plain, chosen) => plain ?? chosen), map: null }),
}

/** What the cache takes from a file for pages that come later, and the file that such a page has it from. */
const laterParts = [
  { from: 'query.js', part: 'infiniteQueryBehavior', of: 'infiniteQueryBehavior.js', by: 'infiniteQueryObserver.js' },
  { from: 'mutationCache.js', part: 'Mutation', of: 'mutation.js', by: 'mutationObserver.js' },
]

/**
 * Lists that go on and on, and writes: the cache knows of both from the start, and nothing can use either without its
 * observer. So the observer brings along what the cache needs for it. Throws where the library is another by now.
 */
export const laterQueries: Plugin = {
  name: 'later-queries',
  apply: 'build',
  transform: {
    filter: { id: /query-core\/build\/modern\/(query|mutationCache|infiniteQueryObserver|mutationObserver)\.js$/ },
    handler(code, id) {
      for (const { from, part, of, by } of laterParts) {
        const taken = `import { ${part} } from "./${of}";`
        const own = `let ${part};\nexport const take${part} = (it) => { ${part} = it };`
        if (id.endsWith(`/${from}`) && !code.includes(taken)) this.error(`${from} takes ${part} in another way by now`)
        if (id.endsWith(`/${from}`)) return { code: code.replace(taken, own), map: null }
        if (id.endsWith(`/${by}`))
          return { code: `${taken}import { take${part} } from "./${from}";\n${code}\ntake${part}(${part});`, map: null }
      }
      return null
    },
  },
}

/** Leaves out what `src/ui/lucide-icon.ts` has no use for: a key of random letters for each stroke of an icon. */
export const plainIcons: Plugin = {
  name: 'plain-icons',
  apply: 'build',
  transform: {
    filter: { id: /lucide-react\/dist\/esm\/icons\// },
    handler: (code) => ({ code: code.replace(/, key: "\w+"/g, ''), map: null }),
  },
}

const frameRow = / *<!-- ten of these -->\n(.*?) *<!-- these -->\n/s

/** Ten rows for the frame of the list: `index.html` has one of them. */
export const frameRows: Plugin = {
  name: 'frame-rows',
  transformIndexHtml: {
    order: 'pre',
    handler(html) {
      if (!frameRow.test(html)) throw new Error('index.html has no row for the frame of the list')
      return html.replace(frameRow, (_, row: string) => row.repeat(10))
    },
  },
}

/**
 * Has the browser fetch the files of a page at once: found out one from the other they come too late. `public/first.js`
 * takes those of its page, by the names that are put at it here.
 */
export const firstFiles: Plugin = {
  name: 'first-files',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {}, chunk: entry }) {
      if (html.split('<script type="module"').length !== 2)
        throw new Error('The page must begin with one file of code: the build is named by it')
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const always = entry ? filesWith(entry, chunks) : []
      const only = (start: keyof typeof budgets) => {
        const files = filesWith(chunkOf(`/apps/web/src/${start}`, chunks), chunks)
        const loaded = chunks.filter(({ fileName }) => [...always, ...files].includes(`/${fileName}`))
        const tooMuch = overBudget(
          start,
          loaded.reduce((sum, { code }) => sum + compressedSize(code), 0),
        )
        if (tooMuch) throw new Error(tooMuch)
        return files.filter((name) => !always.includes(name))
      }
      const app = only('app.tsx')
      const list = filesWith(chunkOf('/apps/web/src/features/tunnels/list-rest.tsx', chunks), chunks)
      const after = list.filter((name) => ![...always, ...app].includes(name))
      const names = Object.entries({ app, 'sign-in': only('routes/sign-in-alone.tsx'), list: after })
        .map(([name, files]) => `data-${name}="${files.join(' ')}"`)
        .join(' ')
      return {
        html: html.replace('<script src="/first.js"', `<script src="/first.js" ${names}`),
        tags: always.slice(1).map((href) => link({ rel: 'modulepreload', href })),
      }
    },
  },
}

/**
 * How much JavaScript, compressed with brotli, a page may load before it stands still (T11), in bytes; more fails the
 * build. Of those of the list 56 kB are React, 31 the router and the cache.
 */
const budgets = { 'routes/sign-in-alone.tsx': 70_000, 'app.tsx': 120_000 }

/** What to say where a page loads more bytes first than it may; `null` where it does not. */
export function overBudget(start: keyof typeof budgets, bytes: number): string | null {
  if (bytes <= budgets[start]) return null
  return `What ${start} loads first is ${bytes} bytes of JavaScript (brotli), and may be ${budgets[start]}. Load later what is not seen first.`
}

const compressedSize = (code: string): number => brotliCompressSync(code).length

const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head',
})

/** The file that a module is in, by the end of its name. A page of which none is found would load past its budget. */
function chunkOf(end: string, chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk {
  const found = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)))
  if (!found) throw new Error(`No file of this build holds ${end}`)
  return found
}

/** A file and what it imports, as paths of the site. */
function filesWith(start: Rolldown.OutputChunk, chunks: readonly Rolldown.OutputChunk[]): string[] {
  const files = new Set<string>()
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || files.has(`/${chunk.fileName}`)) return
    files.add(`/${chunk.fileName}`)
    for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name))
  }
  add(start)
  return [...files]
}
