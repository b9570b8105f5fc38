import { jsonFormat } from './json-file.ts'
import { isKeyColumn, isOursAlone } from './key-columns.ts'
import type { Read, Sheet } from './sheet.ts'

type Plain = Record<string, unknown>

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Our export, a list of tunnels, or one that stands where Cloudflare's API has it. */
export function objectsOfJson(value: unknown): Read {
  if (isPlain(value) && value['format'] === jsonFormat.name && value['version'] !== jsonFormat.version) {
    const message = `This file has version ${String(value['version'])} of the format, and this console reads ${jsonFormat.version}.`
    return { problems: [{ line: null, message }] }
  }
  const list = listIn(value)
  if (!list) return { problems: [{ line: null, message: 'There is no list of tunnels in this JSON.' }] }
  const wrong = list.flatMap((entry, index) =>
    isPlain(entry) ? [] : [{ line: index + 1, message: 'This entry is no object.' }],
  )
  if (wrong.length > 0) return { problems: wrong.slice(0, 10) }
  const account = isPlain(value) && typeof value['account'] === 'string' ? [value['account']] : []
  return { sheet: sheetOfObjects('json', list.filter(isPlain), account) }
}

function listIn(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value
  if (!isPlain(value)) return null
  return listIn(value['tunnels'] ?? value['ipsec_tunnels'] ?? value['result'])
}

/** Objects in Cloudflare's shape as a table: a column for each path that one of them has. */
export function sheetOfObjects(
  kind: Sheet['kind'],
  objects: readonly Plain[],
  accounts: readonly string[],
  notes: readonly string[] = [],
): Sheet {
  const flat = objects.map(flatOf)
  const names = new Set(flat.flatMap((cells) => [...cells.keys()]))
  const columns = [...names].filter((name) => !isKeyName(name) && !isOursAlone(name))
  const keys = [...names].filter(isKeyName)
  const told = keys.length > 0 ? [`Keys are never taken from a file: ${keys.join(', ')} was not read.`] : []
  const rows = flat.map((cells, index) => {
    return { line: index + 1, cells: columns.map((name) => cells.get(name) ?? null), problem: null }
  })
  return { kind, accounts, columns, rows, notes: [...told, ...notes] }
}

const isKeyName = (path: string) => isKeyColumn(path) || isKeyColumn(path.split('.').at(-1) ?? '')

const deepest = 4

/** The text of each path. `null` is an empty cell: Cloudflare says so of what is not set. */
function flatOf(object: Plain): Map<string, string> {
  const cells = new Map<string, string>()
  const put = (path: string, value: unknown, depth: number): void => {
    if (isPlain(value) && depth < deepest)
      for (const [key, child] of Object.entries(value)) put(`${path}.${key}`, child, depth + 1)
    else cells.set(path, textOf(value))
  }
  for (const [key, value] of Object.entries(object)) {
    // Whether there is a session tells whether BGP is on.
    if (key === 'bgp') cells.set('bgp.enabled', String(isPlain(value)))
    // The older shape of the target, which Cloudflare sends to callers that do not ask for the newer one.
    const shaped = key === 'health_check' ? withTarget(value) : value
    if (key !== 'bgp' || isPlain(value)) put(key, shaped, 1)
  }
  return cells
}

function withTarget(value: unknown): unknown {
  if (!isPlain(value) || typeof value['target'] !== 'string') return value
  return { ...value, target: { saved: value['target'] } }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(String).join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
