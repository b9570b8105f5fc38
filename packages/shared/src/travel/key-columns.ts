import { readOnlyKeys } from '../tunnel.ts'
import { keysColumn } from './csv-file.ts'

/** A name as it is compared: lower case, letters and digits alone. */
export const plainName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const keyNames: ReadonlySet<string> = new Set(
  ['psk', 'pre_shared_key', 'preshared_key', 'shared_secret', 'secret', 'bgp.md5_key', 'md5_key', 'md5', 'key'].map(
    plainName,
  ),
)

/** Whether a column holds keys: they are dropped while a file is read, and never shown. */
export const isKeyColumn = (name: string): boolean => keyNames.has(plainName(name))

/** Columns that a file has beside what people write: what only Cloudflare writes, and the note of our own export. */
export function isOursAlone(name: string): boolean {
  const head = name.split('.', 1)[0] ?? ''
  const isReadOnly = head !== 'id' && (readOnlyKeys as readonly string[]).includes(head)
  return isReadOnly || name === keysColumn || derived.has(name)
}

const derived: ReadonlySet<string> = new Set([
  'account_id',
  'health_check.target.effective',
  'bgp.import_filter_id',
  'bgp.export_filter_id',
])
