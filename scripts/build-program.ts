import { execFileSync } from 'node:child_process'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')

/** Builds the program as people start it: it is up in a quarter of the time that it takes from its sources. */
export function setup(): void {
  execFileSync('vite', ['build', 'apps/bff', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
}
