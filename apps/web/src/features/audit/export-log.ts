import { useMutation } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { fetchOrThrow } from '../../lib/api.ts'
import { saveFile } from '../../lib/save-file.ts'
import { announce } from '../../ui/announcer.tsx'
import type { AuditFilter } from './queries.ts'

export type ExportFormat = 'csv' | 'json'

/**
 * Saves what the filter lets through as a file, the whole of it and not only what is on the page. Fetched and not
 * linked to: the BFF refuses every request for its API that is a navigation, whatever page it comes from.
 */
export function useExportLog(filter: AuditFilter) {
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const response = await fetchOrThrow(`${endpoints.auditExport.path}?${new URLSearchParams({ ...filter, format })}`)
      saveFile(await contentOf(response), nameOf(response) ?? `audit.${format}`)
    },
    onSuccess: () => announce('The audit log has been saved'),
  })
}

/** Half an export must not look like the whole: a body that breaks off is an error. */
async function contentOf(response: Response): Promise<Blob> {
  try {
    return await response.blob()
  } catch (cause) {
    throw ProblemError.of('unreachable', { detail: 'The export was cut off. Nothing was saved.' }, { cause })
  }
}

function nameOf(response: Response): string | undefined {
  return /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
}
