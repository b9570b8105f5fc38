import type { Plugin } from 'vite'

const commonJs = /\/node_modules\/(react|react-dom|scheduler|use-sync-external-store)\/[\w/.-]+\.js$/

/**
 * React as modules instead of CommonJS, which it is published as: each hook and each `jsx` is then a name of its own instead
 * of a property that is looked up at each call, and no helper is loaded that translates between the two. The code stays as it
 * is published; throws where it is of another shape than this knows.
 */
export const plainReact: Plugin = {
  name: 'plain-react',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/node_modules\/.*js$/, code: /\bexports\b|["']react(-dom)?["']/ },
    handler: (code, id) => ({ code: commonJs.test(id) ? moduleOf(code, id) : byNames(code), map: null }),
  },
}

const whole = /\bimport\s+(\w+)\s*(?:,\s*(\{[^}]*\}))?\s*from\s*(["']react(?:-dom)?["'])/g
const copied = /export const (\w+) = \{\s*\.\.\.React\s*\};?/

/** Libraries that take React as one object, or copy it for versions of it that lacked a name, would have all of it loaded. */
const byNames = (code: string): string =>
  code
    .replaceAll(whole, (_, name: string, others: string | undefined, from: string) =>
      [`import * as ${name} from ${from};`, others && `import ${others} from ${from};`].filter(Boolean).join(''),
    )
    .replace(copied, 'export { React as $1 }')

function moduleOf(code: string, id: string): string {
  const entry = /module\.exports = require\(['"](\.{1,2}\/cjs\/[\w.-]+\.production\.js)['"]\)/.exec(code)?.[1]
  if (entry) return `export * from '${entry}'`
  const assigned = [...code.matchAll(/\bexports\.(\w+) =/g)].map(([, name = '']) => name)
  if (assigned.length === 0 || /\bmodule\.exports\b/.test(code))
    throw new Error(`${id} is of a shape that is not known`)
  const needed: string[] = []
  const body = code
    .replaceAll(/\b(\w+) = require\("([\w/-]+)"\)/g, (_, as: string, name: string) => {
      needed.push(`import * as ${as} from '${name}'`)
      return `required_${as} = 0`
    })
    .replaceAll(/^exports\.(\w+) =/gm, (all, name: string) =>
      isOnce(assigned, name) ? `const exported_${name} =` : all,
    )
    .replaceAll(/\bexports\.(\w+)/g, 'exported_$1')
  const names = [...new Set(assigned)]
  return [
    ...needed,
    ...names.filter((name) => !isOnce(assigned, name)).map((name) => `let exported_${name}`),
    body,
    `export { ${names.map((name) => `exported_${name} as ${name}`).join(', ')} }`,
  ].join('\n')
}

const isOnce = (all: readonly string[], name: string) => all.indexOf(name) === all.lastIndexOf(name)

/**
 * The bundler puts the one function that its parts share into a file of its own, which would be a request more before
 * anything else, and the file that the build is named by. Each part has it within itself instead.
 */
export const runtimeInPlace: Plugin = {
  name: 'runtime-in-place',
  apply: 'build',
  generateBundle: {
    order: 'pre',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const runtime = chunks.find(({ name }) => name === 'rolldown-runtime')
      if (!runtime) return
      const [, body = '', names = ''] =
        /^(.*)export\{([\w$, ]+)\};\s*$/s.exec(runtime.code) ?? this.error('Unknown runtime')
      const given = names.split(',').map((name) => name.split(' as ').reverse().join(':'))
      for (const chunk of chunks) {
        if (!chunk.imports.includes(runtime.fileName)) continue
        const line = new RegExp(`import\\{([^}]*)\\}from"\\./${runtime.fileName.split('/').at(-1)}";`)
        const taken = line.exec(chunk.code)?.[1] ?? this.error(`${chunk.fileName} takes the runtime in an unknown way`)
        const own = `var{${taken.replaceAll(' as ', ':')}}=(()=>{${body}return{${given.join(',')}}})();`
        // What is imported stays at the head.
        chunk.code = chunk.code.replace(line, '').replace(/^(?:import(?:\{[^}]*\}from)?"[^"]+";)*/, (all) => all + own)
        chunk.imports = chunk.imports.filter((file) => file !== runtime.fileName)
      }
      delete bundle[runtime.fileName]
    },
  },
}
