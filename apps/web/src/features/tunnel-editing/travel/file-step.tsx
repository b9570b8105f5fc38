import { type ReactNode, useId, useState } from 'react'
import { formatNumber } from '../../../lib/format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProgressBar } from '../../../ui/progress-bar.tsx'
import { controlClass } from '../../../ui/text-input.tsx'
import type { Travelling } from './use-travel.ts'

/** The first step: a file, or what was copied from one. It is read in this browser. */
export function FileStep({ travel, children }: { travel: Travelling; children: ReactNode }) {
  const id = useId()
  const [pasted, setPasted] = useState('')
  const { progress, problems } = travel
  return (
    <div className="flex max-w-form flex-col gap-5">
      <div className="max-w-[72ch] text-14 text-fg-2">{children}</div>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={`${id}-file`} className="text-14 font-medium">
          File
        </label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.tsv,.txt,.json,.tfstate"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            const [chosen] = target.files ?? []
            // The same file can be chosen again once it was mended.
            target.value = ''
            if (chosen) void travel.read(chosen, chosen.name)
          }}
          className="min-h-control max-w-full rounded-m text-14 file:mr-3 file:min-h-control file:rounded-m file:border file:border-solid file:border-control-line file:bg-surface file:px-3.5 file:text-fg"
        />
        <p id={`${id}-hint`} className="text-13 text-fg-3">
          UTF-8, up to 5,000 tunnels and 50 MB. It is read in this browser and sent nowhere.
        </p>
      </div>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={`${id}-paste`} className="text-14 font-medium">
          Or paste its content
        </label>
        <textarea
          id={`${id}-paste`}
          rows={6}
          spellCheck={false}
          autoComplete="off"
          value={pasted}
          onChange={({ target }) => setPasted(target.value)}
          className={`mono ${controlClass} max-h-96 min-h-32 py-2`}
        />
        <div>
          <Button
            disabledReason={pasted.trim() === '' ? 'Paste something first' : undefined}
            reasonPlace="described"
            onClick={() => void travel.read(new Blob([pasted]), 'Pasted text')}
          >
            Read it
          </Button>
        </div>
      </div>
      {progress && <WorkerProgress travel={travel} label="Reading the file" />}
      <FileProblems travel={travel} />
      {problems.length > 0 && (
        <p className="text-13 text-fg-3">Nothing was changed, and what you pasted is still there.</p>
      )}
    </div>
  )
}

/** How far the worker is, and a way to stop it. */
export function WorkerProgress({ travel: { progress, cancel }, label }: { travel: Travelling; label: string }) {
  if (progress === null) return null
  const { done, of } = progress
  const text = of === 0 ? 'Reading' : `${formatNumber(done)} of ${formatNumber(of)} rows checked`
  return (
    <div className="flex max-w-form flex-col gap-2">
      <ProgressBar label={label} value={done} max={of} text={text} />
      <div>
        <Button size="small" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

export function FileProblems({ travel: { problems } }: { travel: Travelling }) {
  if (problems.length === 0) return null
  return (
    <Banner kind="danger" role="alert" title="This cannot be used as it is.">
      <ul className="flex flex-col gap-1">
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line !== null && `Row ${formatNumber(line)}: `}
            {message}
          </li>
        ))}
      </ul>
    </Banner>
  )
}
