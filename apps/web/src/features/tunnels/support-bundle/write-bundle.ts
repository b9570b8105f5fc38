import { type BundleFacts, supportBundle } from '@tunnel-console/shared/support-bundle'
import { saveFile } from '../../../lib/save-file.ts'

/** Saves a bundle as a file, and gives the name of it. */
export function writeBundle(facts: BundleFacts): string {
  const { tunnel, at } = facts
  const safe = (tunnel.name || tunnel.id).replace(/[^A-Za-z0-9._-]/g, '-')
  const name = `support-${safe}-${at.slice(0, 16).replace(/[-:]/g, '')}Z.md`
  saveFile(new Blob([supportBundle(facts)], { type: 'text/markdown;charset=utf-8' }), name)
  return name
}
