import type { AuditEntry } from '@tunnel-console/shared/audit'
import { csvLine, visibleJson } from '@tunnel-console/shared/csv'
import type { AuditFilter } from './filter.ts'
import type { AuditStore } from './store.ts'

export type ExportFormat = 'csv' | 'json'

interface Format {
  type: string
  start: string
  entry(entry: AuditEntry, isFirst: boolean): string
  end: string
}

const columns: Record<string, (entry: AuditEntry) => string | number | boolean | null> = {
  seq: ({ seq }) => seq,
  id: ({ id }) => id,
  at: ({ at }) => at,
  settledAt: ({ settledAt }) => settledAt,
  actor: ({ actor }) => actor.email,
  role: ({ actor }) => actor.role,
  action: ({ action }) => action,
  target: ({ target }) => target?.name ?? null,
  targetId: ({ target }) => target?.id ?? null,
  validateOnly: ({ validateOnly }) => validateOnly,
  outcome: ({ outcome }) => outcome,
  times: ({ times }) => times,
  changes: ({ changes }) =>
    changes.map(({ path, before, after }) => `${path}: ${visibleJson(before)} → ${visibleJson(after)}`).join('; '),
  reason: ({ reason }) => reason ?? null,
  problem: ({ problem }) => problem?.code ?? null,
  detail: ({ problem }) => problem?.detail ?? null,
  causes: ({ problem }) => problem?.causes.join(' ← ') ?? null,
  turns: ({ turns }) => turns.map(({ at, outcome }) => `${at} ${outcome}`).join('; '),
  ray: ({ ray }) => ray,
  requestId: ({ requestId }) => requestId,
}

const formats: Record<ExportFormat, Format> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    // Without the mark at its start, Excel reads the file in the code page of the machine.
    start: `\uFEFF${csvLine(Object.keys(columns))}`,
    entry: (entry) => csvLine(Object.values(columns).map((cell) => cell(entry))),
    end: '',
  },
  json: {
    type: 'application/json',
    start: '[',
    entry: (entry, isFirst) => `${isFirst ? '' : ','}\n${visibleJson(entry)}`,
    end: '\n]\n',
  },
}

/** Few enough to sit in memory, many enough that the way to the database is no matter. */
const pageSize = 500

/**
 * Every entry that the filter lets through, newest first, as a file. It is read page by page as the client takes it.
 * Fails with a problem as long as nothing has been sent; later by breaking off, which no client takes for the end.
 */
export async function exportEntries(
  audit: Pick<AuditStore, 'list'>,
  filter: Omit<AuditFilter, 'cursor' | 'limit'>,
  { format, now }: { format: ExportFormat; now: Date },
): Promise<Response> {
  const { type, start, entry, end } = formats[format]
  const read = (cursor?: number) => audit.list({ ...filter, cursor, limit: pageSize })
  const encoder = new TextEncoder()
  let page = await read()
  let isFirst = true

  const text = ({ entries }: typeof page) => {
    const lines = entries.map((one, index) => entry(one, isFirst && index === 0)).join('')
    const opening = isFirst ? start : ''
    isFirst = false
    return opening + lines
  }
  const file = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const isLast = page.nextCursor === null
        controller.enqueue(encoder.encode(text(page) + (isLast ? end : '')))
        if (isLast) controller.close()
        else page = await read(Number(page.nextCursor))
      },
    },
    { highWaterMark: 0 },
  )
  const name = `audit-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.${format}`
  return new Response(file, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  })
}
