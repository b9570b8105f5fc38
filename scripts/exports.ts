import path from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'

/** A name that a module gives away, or takes from another one. */
interface Named {
  file: string
  name: string
}

interface Export extends Named {
  isType: boolean
}

/** The names that a module exports. `export *` is not used in this repository. */
function exportsOf(file: string, source: string): Export[] {
  const found: Export[] = []
  const give = (name: string, isType: boolean) => found.push({ file, name, isType })
  new Visitor({
    ExportNamedDeclaration({ declaration, specifiers, exportKind }) {
      const isType = exportKind === 'type'
      for (const { exported } of specifiers) give(nameOf(exported), isType)
      for (const name of declaredNames(declaration)) give(name, isType)
    },
  }).visit(parseSync(file, source).program)
  return found
}

function declaredNames(declaration: ESTree.Declaration | null): string[] {
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []))
  }
  return declaration && 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : []
}

/** The names that a module takes from others. What it takes as a whole (`import * as`, `import(…)`) is the name `*`. */
function importsOf(file: string, source: string): Named[] {
  const found: Named[] = []
  const take = (from: string, names: string[]) =>
    found.push(...names.map((name) => ({ file: resolve(file, from), name })))
  new Visitor({
    ImportDeclaration({ source: from, specifiers }) {
      take(
        from.value,
        specifiers.map((specifier) => (specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : '*')),
      )
    },
    ExportNamedDeclaration({ source: from, specifiers }) {
      if (from)
        take(
          from.value,
          specifiers.map(({ local }) => nameOf(local)),
        )
    },
    ImportExpression({ source: from }) {
      if (from.type === 'Literal' && typeof from.value === 'string') take(from.value, ['*'])
    },
    TSImportType({ source: from }) {
      take(from.value, ['*'])
    },
  }).visit(parseSync(file, source).program)
  return found
}

/**
 * Exports that no other file takes. What only its own file uses should not be exported; a type may be, since the compiler
 * asks for its name wherever something else that is exported carries it.
 */
export function unusedExports(sources: ReadonlyMap<string, string>): Named[] {
  const taken = new Set([...sources].flatMap(([file, source]) => importsOf(file, source).map(keyOf)))
  return [...sources].flatMap(([file, source]) =>
    exportsOf(file, source).filter(
      (given) =>
        !taken.has(keyOf(given)) &&
        !taken.has(keyOf({ file, name: '*' })) &&
        !(given.isType && mentions(source, given.name) > 1),
    ),
  )
}

const mentions = (source: string, name: string) => source.split(/[^\w$]+/).filter((word) => word === name).length

const keyOf = ({ file, name }: Named) => `${file}#${name}`

/** The file behind a relative path or a part of a package that exports all of its files; anything else stays as it is written. */
function resolve(file: string, from: string): string {
  if (from.startsWith('.')) return path.posix.join(path.posix.dirname(file), from)
  return from.replace(/^@tunnel-console\/(shared|device-config)\/(.+)$/, 'packages/$1/src/$2.ts')
}

const nameOf = (node: ESTree.ModuleExportName) => (node.type === 'Literal' ? node.value : node.name)
