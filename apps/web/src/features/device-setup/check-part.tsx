import { checkDevice, type Report, readable } from '@tunnel-console/device-config/check/check-device'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useEffect, useRef, useState } from 'react'
import { announce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldFrame, fieldAria, useFieldIds } from '../../ui/field.tsx'
import { ignoredByPasswordManagers } from '../../ui/text-field.tsx'
import { controlClass } from '../../ui/text-input.tsx'
import { CheckReport, reportWords } from './check-report.tsx'

const look = {
  label: 'Configuration or status output of the device',
  hint: 'It is compared in this browser: never sent, never kept. Keys in it are not looked at.',
}

/** Longer than any configuration; what is beyond would only make the page slow. Characters. */
const longest = 2_000_000

/** Holds what was pasted against the tunnel. The text stays in its field: nothing else in the page ever has it. */
export function CheckPart({ tunnel, accountNumber }: { tunnel: Tunnel; accountNumber: string | null }) {
  const pasted = useRef<HTMLTextAreaElement>(null)
  const [report, setReport] = useState<Report | null>(null)
  const [isEmpty, setEmpty] = useState(false)
  const ids = useFieldIds()
  const error = isEmpty ? { type: 'manual', message: 'Paste something first' } : undefined
  const clear = () => {
    if (pasted.current) pasted.current.value = ''
    setReport(null)
    setEmpty(false)
    pasted.current?.focus()
  }
  const check = () => {
    const text = pasted.current?.value ?? ''
    setEmpty(text.trim() === '')
    if (text.trim() === '') return setReport(null)
    const next = checkDevice(text.slice(0, longest), tunnel, accountNumber)
    setReport(next)
    announce(reportWords(next))
  }
  useForgetOnLeave(pasted)
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-[72ch] text-14 text-fg-2">
        Paste what the device itself says, one text or several. Differences from this tunnel are named one by one, with
        how to mend them.
      </p>
      <FieldFrame ids={ids} look={look} error={error}>
        <textarea
          {...fieldAria(ids, look, error)}
          {...ignoredByPasswordManagers}
          ref={pasted}
          rows={6}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          className={`${controlClass} mono max-h-80 min-h-32 py-2`}
        />
      </FieldFrame>
      <details className="text-13">
        <summary className="min-h-6 rounded-s text-fg-2 pointer-coarse:min-h-11">What can be read</summary>
        <ul className="mt-1 list-disc pl-5">
          {readable.map(({ title, tested }) => (
            <li key={title}>
              {title} <span className="text-fg-3">(written after {tested})</span>
            </li>
          ))}
        </ul>
      </details>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" onClick={check}>
          Check
        </Button>
        <Button onClick={clear}>Clear</Button>
      </div>
      {report && <CheckReport report={report} />}
    </div>
  )
}

/** A page that rests in the back/forward cache would come back with what was pasted, a key among it. */
function useForgetOnLeave(field: { current: HTMLTextAreaElement | null }): void {
  // The page's life is outside React.
  useEffect(() => {
    const forget = () => {
      if (field.current) field.current.value = ''
    }
    addEventListener('pagehide', forget)
    return () => removeEventListener('pagehide', forget)
  }, [field])
}
