import { useMutation } from '@tanstack/react-query'
import { type ExportFormat, exportAudit } from '../../data/audit.ts'
import type { AuditFilter } from '../../data/audit-filter.ts'
import { saveFile } from '../../lib/save-file.ts'
import { announce } from '../../ui/announcer.tsx'

/** Saves what the filter lets through as a file, the whole of it and not only what is on the page. */
export function useExportLog(filter: AuditFilter) {
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const { content, name } = await exportAudit(filter, format)
      saveFile(content, name ?? `audit.${format}`)
    },
    onSuccess: () => announce('The audit log has been saved'),
  })
}
