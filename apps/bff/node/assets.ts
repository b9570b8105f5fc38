import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Assets } from '../src/deps.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

interface File {
  type: string
  encodings: Map<string, Buffer>
}

/**
 * The built SPA, read once at start, with the compressed forms that the build made. Looking a path up in a list of files
 * that exist leaves nothing for a crafted path to reach, and files of unknown kinds are not served at all (S27).
 */
export function loadAssets(directory: string): Assets | undefined {
  if (!existsSync(path.join(directory, 'index.html'))) return undefined
  const files = new Map<string, File>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const type = types[path.extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(`/${path.relative(directory, file).split(path.sep).join('/')}`, { type, encodings: encodingsOf(file) })
  }
  return async (name, acceptEncoding) => {
    const file = files.get(name)
    if (!file) return null
    const encoding = ['br', 'gzip'].find((one) => acceptEncoding.includes(one) && file.encodings.has(one)) ?? 'identity'
    const headers = new Headers({ 'content-type': file.type })
    if (encoding !== 'identity') headers.set('content-encoding', encoding)
    return new Response(new Uint8Array(file.encodings.get(encoding) ?? []), { headers })
  }
}

/** The encodings that the build left beside a file. */
function encodingsOf(file: string): Map<string, Buffer> {
  const encodings = new Map([['identity', readFileSync(file)]])
  if (existsSync(`${file}.br`)) encodings.set('br', readFileSync(`${file}.br`))
  if (existsSync(`${file}.gz`)) encodings.set('gzip', readFileSync(`${file}.gz`))
  return encodings
}
