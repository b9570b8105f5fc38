import type { Parameters } from './parameters.ts'
import type { Row, RowGroup } from './rows.ts'
import { type DeviceFile, type DeviceTemplate, keyPlaceholder } from './template.ts'
import { type Decision, heading, type Lines, textOf } from './text.ts'

/** A sheet of settings to enter by hand, as plain text that prints well. */
export function sheetText(
  template: Omit<DeviceTemplate, 'files'>,
  parameters: Parameters,
  groups: readonly RowGroup[],
  decisions: readonly Decision[] = [],
): string {
  return textOf(
    heading(template, parameters, decisions),
    groups.map(({ title, rows }): Lines => ['', title, '-'.repeat(title.length), rows.map(rowText)]),
  )
}

/** That sheet as a file, named after tunnel and template. */
export function sheetFile(
  template: Omit<DeviceTemplate, 'files'>,
  parameters: Parameters,
  groups: readonly RowGroup[],
  decisions: readonly Decision[] = [],
): DeviceFile {
  const text = sheetText(template, parameters, groups, decisions)
  return { name: `${parameters.label}.${template.id}.txt`, language: 'text', text }
}

function rowText({ label, value, source }: Row): string {
  return `${label}: ${value}${source === '' ? '' : `  [${source}]`}`
}

/** The key on a sheet, where it is typed by hand: as it is, or not at all when paper would show it wrongly. */
export function keyRow(key: string | null, label = 'Pre-shared key'): Row {
  const isVisible = key === null || /^[\x21-\x7e]+$/.test(key)
  const value = isVisible
    ? (key ?? keyPlaceholder)
    : `${keyPlaceholder} (it has spaces or marks that a sheet cannot show: copy it)`
  return { label, value, source: '' }
}

/** Settings as a device names them, each with its value, in the order of its form. */
export function entries(settings: Record<string, string>): Row[] {
  return Object.entries(settings).map(([label, value]) => ({ label, value, source: '' }))
}
