import { type BundleFacts, supportBundle } from '@tunnel-console/shared/support-bundle'
import { bundleFiles } from '@tunnel-console/shared/support-bundle-files'
import { strToU8, zipSync } from 'fflate'
import { saveFile } from '../../../lib/save-file.ts'
import type { BundleForm } from './wanted-bundle.ts'

/** Saves a bundle as a file, and gives the name of it. */
export function writeBundle(facts: BundleFacts, form: BundleForm): string {
  const { tunnel, at } = facts
  const safe = (tunnel.name || tunnel.id).replace(/[^A-Za-z0-9._-]/g, '-')
  const name = `support-${safe}-${at.slice(0, 16).replace(/[-:]/g, '')}Z`
  if (form === 'text') {
    saveFile(new Blob([supportBundle(facts)], { type: 'text/markdown;charset=utf-8' }), `${name}.md`)
    return `${name}.md`
  }
  saveFile(new Blob([zipOf(facts, name)], { type: 'application/zip' }), `${name}.zip`)
  return `${name}.zip`
}

/** The files in a folder of their own, so that two bundles can be unpacked side by side. */
function zipOf(facts: BundleFacts, folder: string): Uint8Array<ArrayBuffer> {
  const files = bundleFiles(facts).map(([name, text]) => [`${folder}/${name}`, strToU8(text)] as const)
  return new Uint8Array(zipSync(Object.fromEntries(files), { mtime: inUtc(facts.at) }))
}

/** ZIP keeps a time without its zone, and takes that of the browser: shifted, so that it reads as UTC like all the others. */
function inUtc(at: string): Date {
  const date = new Date(at)
  return new Date(date.getTime() + date.getTimezoneOffset() * 60_000)
}
