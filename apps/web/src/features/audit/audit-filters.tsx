import { useQuery } from '@tanstack/react-query'
import { auditActions } from '@tunnel-console/shared/audit'
import { useId } from 'react'
import { auditActorsQuery } from '../../data/audit.ts'
import { type AuditFilter, auditFilterOf } from '../../data/audit-filter.ts'
import { Button } from '../../ui/button.tsx'
import { Select, type SelectOption } from '../../ui/select-field.tsx'
import { SpanFilters } from './span-filters.tsx'
import { actionWord, actorWord, outcomes } from './words.ts'

interface AuditFiltersProps {
  filter: AuditFilter
  onChange: (filter: AuditFilter) => void
  /** Tunnels to choose from, by name. */
  targets: readonly SelectOption[]
}

export function AuditFilters({ filter, onChange, targets }: AuditFiltersProps) {
  const actors = useQuery(auditActorsQuery()).data ?? []
  // A link to one entry ends with the first filter: together they would mostly find nothing.
  const set = (key: keyof AuditFilter) => (value: string) =>
    onChange(auditFilterOf({ ...filter, entry: undefined, [key]: value }))
  const isFiltered = Object.keys(filter).some((key) => key !== 'entry')
  return (
    <div className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <Choice
        label="Person"
        value={filter.actor}
        onChange={set('actor')}
        all="Everyone"
        options={actors.map((email) => ({ value: email, label: actorWord(email) }))}
      />
      <Choice
        label="Action"
        value={filter.action}
        onChange={set('action')}
        all="Every action"
        options={auditActions.map((action) => ({ value: action, label: actionWord(action) }))}
      />
      <Choice label="Target" value={filter.target} onChange={set('target')} all="Every tunnel" options={targets} />
      <Choice
        label="Result"
        value={filter.outcome}
        onChange={set('outcome')}
        all="Every result"
        options={Object.entries(outcomes).map(([value, { word }]) => ({ value, label: word }))}
      />
      <SpanFilters filter={filter} onSet={(key, value) => set(key)(value)} />
      {isFiltered && (
        <Button kind="ghost" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  onChange: (value: string) => void
  all: string
  options: readonly SelectOption[]
}

/** A value from the URL that is not on offer is offered all the same, or the filter would not say what it does. */
function Choice({ label, value, onChange, all, options }: ChoiceProps) {
  const id = useId()
  const isKnown = value === undefined || options.some((option) => option.value === value)
  return (
    <div className="min-w-0 sm:w-44">
      <label htmlFor={id} className="mb-1 block text-12 text-fg-2">
        {label}
      </label>
      <Select
        id={id}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
        options={[
          { value: '', label: all },
          ...(isKnown ? [] : [{ value: value ?? '', label: value ?? '' }]),
          ...options,
        ]}
      />
    </div>
  )
}
