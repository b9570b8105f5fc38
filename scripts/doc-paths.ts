import path from 'node:path'

const folders = ['apps', 'packages', 'e2e', 'scripts', 'docs', 'soak', 'interop']
const named = new RegExp(`(?<![\\w./@-])(?:${folders.join('|')})/[\\w.*{},/-]*`, 'g')
const link = /\]\(([^)\s]+)\)/g

/** The files and folders that a page names, from the root: links, and paths that begin with one of our folders. */
export function pathsIn(page: string, text: string): string[] {
  const links = [...text.matchAll(link)].map(([, target = '']) => target.replace(/#.*$/, ''))
  const local = links.filter((target) => target !== '' && !/^\w+:/.test(target))
  return [
    ...local.map((target) => path.posix.join(path.posix.dirname(page), target)),
    ...[...text.replace(link, '').matchAll(named)].map(([name]) => name.replace(/[.,]+$/, '')),
  ].map((name) => name.replace(/\/$/, ''))
}

/** Whether a path, a folder or a pattern (`packages/*\/src/*.test.ts`) names at least one of the files. */
export function isThere(name: string, files: readonly string[]): boolean {
  return files.some((file) => file === name || file.startsWith(`${name}/`) || path.matchesGlob(file, name))
}
