import { useId, useState } from 'react'
import { type ChangesSearch, isMinute, type Span } from '../../../data/changes-search.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { ignoredByPasswordManagers, TextInput } from '../../../ui/text-field.tsx'

interface TimeRangeProps {
  search: ChangesSearch
  onChange: (search: ChangesSearch) => void
}

const presets: readonly [span: Span, words: string][] = [
  ['1h', 'Last hour'],
  ['24h', 'Last 24 hours'],
  ['7d', 'Last 7 days'],
]

/** One time for everything on the page: back from now, or from a minute to a minute; and whether states stand beside it. */
export function TimeRange({ search, onChange: onSearch }: TimeRangeProps) {
  const { from, to, last = '24h', status } = search
  const lanes = status && { status }
  const onChange = (time: ChangesSearch) => onSearch({ ...time, ...lanes })
  return (
    <div className="mb-5 flex flex-wrap items-end gap-x-8 gap-y-3">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row */}
      <div role="group" aria-label="Time" className="flex flex-wrap gap-2">
        {presets.map(([span, words]) => {
          const isOn = from === undefined && last === span
          return (
            <Button
              key={span}
              aria-pressed={isOn}
              className={isOn ? 'border-accent! bg-sunken! text-accent!' : undefined}
              onClick={() => onChange(span === '24h' ? {} : { last: span })}
            >
              {words}
            </Button>
          )
        })}
      </div>
      <Between key={`${from} ${to}`} from={from} to={to} onChange={onChange} />
      <Checkbox
        label="Status of tunnels"
        checked={status !== 'off'}
        onChange={({ target }) => {
          const { status: _, ...time } = search
          onSearch(target.checked ? time : { ...time, status: 'off' })
        }}
      />
    </div>
  )
}

type BetweenProps = Pick<TimeRangeProps, 'onChange'> & { from: string | undefined; to: string | undefined }

function Between({ from = '', to = '', onChange }: BetweenProps) {
  const id = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const show = (data: FormData) => {
    const [start, end] = [partOf(data, 'from'), partOf(data, 'to')]
    const wrong = problemOf(start, end)
    setProblem(wrong)
    if (wrong === null) onChange({ from: start, ...(end !== '' && { to: end }) })
  }
  const look = { ...ignoredByPasswordManagers, type: 'datetime-local', 'aria-describedby': id } as const
  return (
    <form
      noValidate
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        show(new FormData(event.currentTarget))
      }}
    >
      <div className="min-w-0">
        <label htmlFor={`${id}-from`} className="mb-1 block text-12 text-fg-2">
          From (UTC)
        </label>
        <TextInput {...look} id={`${id}-from`} name="from" defaultValue={from} aria-invalid={problem !== null} />
      </div>
      <div className="min-w-0">
        <label htmlFor={`${id}-to`} className="mb-1 block text-12 text-fg-2">
          To (UTC)
        </label>
        <TextInput {...look} id={`${id}-to`} name="to" defaultValue={to} aria-invalid={problem !== null} />
      </div>
      <Button type="submit">Show</Button>
      <p id={id} role="alert" className="w-full text-13 text-down-fg empty:hidden">
        {problem}
      </p>
    </form>
  )
}

/** Browsers add seconds where some were typed. */
const partOf = (data: FormData, name: string) => String(data.get(name) ?? '').slice(0, 16)

function problemOf(from: string, to: string): string | null {
  if (!isMinute(from)) return 'Enter the day and time at which to start'
  return isMinute(to) && to <= from ? 'The end must be after the start' : null
}
