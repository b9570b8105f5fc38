import { Download } from 'lucide-react'
import { formatNumber } from '../lib/format.ts'
import { saveFile } from '../lib/save-file.ts'
import { Button } from './button.tsx'

interface ResultButtonsProps {
  /** How many changes there are to take back, and the way to begin it. */
  restorable: number
  onRestore?: (() => void) | undefined
  csv: () => string
  fileName: string
}

/** What every end of many changes offers: taking them back, and the results as a file. */
export function ResultButtons({ restorable, onRestore, csv, fileName }: ResultButtonsProps) {
  return (
    <>
      {onRestore && restorable > 0 && <Button onClick={onRestore}>Restore all {formatNumber(restorable)}</Button>}
      <Button
        icon={<Download aria-hidden size={16} />}
        onClick={() => saveFile(new Blob([csv()], { type: 'text/csv' }), fileName)}
      >
        Download CSV
      </Button>
    </>
  )
}
