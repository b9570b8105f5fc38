import { useId } from 'react'
import type { AuditFilter } from '../../data/audit-filter.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { ignoredByPasswordManagers, TextInput } from '../../ui/text-field.tsx'

interface SpanFiltersProps {
  filter: Pick<AuditFilter, 'from' | 'to' | 'text'>
  onSet: (key: 'from' | 'to' | 'text', value: string) => void
}

/** From which day to which, and a text: for the whole log, and for the history of one tunnel. */
export function SpanFilters({ filter, onSet }: SpanFiltersProps) {
  const zone = useStore(timesInUtc) ? ' (UTC)' : ''
  return (
    <>
      <TextPart label={`From${zone}`} type="date" value={filter.from} onChange={(value) => onSet('from', value)} />
      <TextPart label={`To${zone}`} type="date" value={filter.to} onChange={(value) => onSet('to', value)} />
      <TextPart label="Text" type="search" value={filter.text} onChange={(value) => onSet('text', value)} />
    </>
  )
}

interface TextPartProps {
  label: string
  type: 'date' | 'search'
  value: string | undefined
  onChange: (value: string) => void
}

/** What is typed counts when it is left or with Enter: a date that is half typed would empty the log. */
function TextPart({ label, type, value = '', onChange }: TextPartProps) {
  const id = useId()
  return (
    <form
      // Cleared from outside, it is another field.
      key={value}
      className="min-w-0 sm:w-40"
      onSubmit={(event) => {
        event.preventDefault()
        onChange(String(new FormData(event.currentTarget).get('part')).trim())
      }}
    >
      <label htmlFor={id} className="mb-1 block text-12 text-fg-2">
        {label}
      </label>
      <TextInput
        {...ignoredByPasswordManagers}
        id={id}
        name="part"
        type={type}
        defaultValue={value}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onBlur={({ currentTarget }) => currentTarget.value.trim() !== value && currentTarget.form?.requestSubmit()}
      />
    </form>
  )
}
