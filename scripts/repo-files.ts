import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.join(import.meta.dirname, '..')

/** Every file of the repository, as paths from its root, sorted. Needs no git: it leaves out what `.gitignore` names. */
export function repoFiles(): string[] {
  const ignored = ['.git', ...readLines('.gitignore')]
  // A pattern with a slash in front means the root's own folder alone.
  const isIgnored = (file: string) =>
    ignored.some((pattern) => path.matchesGlob(pattern.startsWith('/') ? `/${file}` : path.basename(file), pattern))
  const walk = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const file = path.posix.join(folder, entry.name)
      if (isIgnored(file)) return []
      return entry.isDirectory() ? walk(file) : [file]
    })
  return walk('.').toSorted()
}

/** The text of one file, by its path from the root. */
export function readRepoFile(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

function readLines(file: string): string[] {
  return readRepoFile(file)
    .split('\n')
    .filter((line) => line !== '')
}
