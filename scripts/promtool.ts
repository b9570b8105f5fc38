import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** Where Prometheus's own checker is on this machine; `null` where Debian's package `prometheus` is not installed. */
export function promtool(): string | null {
  const places = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'promtool'))
  return places.find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
