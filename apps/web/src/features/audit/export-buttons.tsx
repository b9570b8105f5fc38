import { Download } from 'lucide-react'
import type { ExportFormat } from '../../data/audit.ts'
import type { AuditFilter } from '../../data/audit-filter.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useExportLog } from './export-log.ts'

const formats: readonly [format: ExportFormat, label: string][] = [
  ['csv', 'Export CSV'],
  ['json', 'Export JSON'],
]

/** Saves every entry that the filter lets through. */
export function ExportButtons({ filter }: { filter: AuditFilter }) {
  const { mutate, isPending, variables, error } = useExportLog(filter)
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="flex flex-wrap gap-2">
        {formats.map(([format, label]) => (
          <Button
            key={format}
            icon={<Download aria-hidden size={16} />}
            busy={isPending && variables === format}
            disabledReason={isPending && variables !== format ? 'Another export is under way' : undefined}
            reasonPlace="described"
            onClick={() => mutate(format)}
          >
            {label}
          </Button>
        ))}
      </div>
      {error && <ErrorPanel problem={error.problem} isAlert />}
    </div>
  )
}
