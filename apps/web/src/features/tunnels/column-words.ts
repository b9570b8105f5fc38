import type { ColumnId } from './list-looks.ts'

/** What the columns are called where they are chosen and in files. */
export const columnWords: Record<ColumnId, string> = {
  affects: 'Affects traffic',
  bgp: 'BGP',
  cloudflare: 'Cloudflare endpoint',
  customer: 'Customer endpoint',
  inside: 'Inside address',
  day: '24 h',
  key: 'Key age',
  changed: 'Changed',
}
