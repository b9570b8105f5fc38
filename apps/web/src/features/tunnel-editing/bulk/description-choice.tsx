import type { BulkChoices, DescriptionEdit } from '@tunnel-console/shared/bulk'
import { fields } from '@tunnel-console/shared/fields'
import { FieldFrame, fieldAria, useFieldIds } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select-field.tsx'
import { TextInput } from '../../../ui/text-input.tsx'

type Description = BulkChoices['description']

interface DescriptionChoiceProps {
  now: string
  value: Description
  onChange: (value: Description) => void
}

const ways: readonly { value: DescriptionEdit | ''; label: string }[] = [
  { value: '', label: 'Leave as is' },
  { value: 'replace', label: 'Replace' },
  { value: 'prefix', label: 'Add a prefix' },
  { value: 'suffix', label: 'Add a suffix' },
]

const texts: Record<DescriptionEdit, { label: string; hint: string }> = {
  replace: { label: 'New description', hint: 'Empty: the description is cleared.' },
  prefix: { label: 'Prefix', hint: 'With the space at its end, if there should be one. It is not put twice.' },
  suffix: { label: 'Suffix', hint: 'With the space at its start, if there should be one. It is not put twice.' },
}

/** The description is the one text that many may share, in whole or in part. */
export function DescriptionChoice({ now, value, onChange }: DescriptionChoiceProps) {
  const ids = useFieldIds()
  const look = { label: fields.description.label, hint: now === '' ? undefined : `Now: ${now}` }
  const take = (way: string) => {
    const how = ways.find((known) => known.value === way)?.value || null
    onChange(how === null ? null : { how, text: value?.text ?? '' })
  }
  return (
    <>
      <FieldFrame ids={ids} look={look} error={undefined}>
        <Select
          {...fieldAria(ids, look, undefined)}
          value={value?.how ?? ''}
          options={ways}
          onChange={({ target }) => take(target.value)}
        />
      </FieldFrame>
      {value && <DescriptionText value={value} onChange={onChange} />}
    </>
  )
}

function DescriptionText({
  value,
  onChange,
}: {
  value: NonNullable<Description>
  onChange: (value: Description) => void
}) {
  const ids = useFieldIds()
  const look = texts[value.how]
  const message = fields.description.rule.safeParse(value.text).error?.issues[0]?.message
  const error = message === undefined ? undefined : { type: 'console', message }
  return (
    <FieldFrame ids={ids} look={look} error={error}>
      <TextInput
        {...fieldAria(ids, look, error)}
        value={value.text}
        onChange={({ target }) => onChange({ ...value, text: target.value })}
        autoComplete="off"
      />
    </FieldFrame>
  )
}
