import { useQuery } from '@tanstack/react-query'
import { type BulkPath, bulkPaths, togetherWords } from '@tunnel-console/shared/bulk'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { fieldAt, fields } from '@tunnel-console/shared/fields'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useMemo } from 'react'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { Callout } from '../../../ui/callout.tsx'
import { FieldFrame, fieldAria, useFieldIds } from '../../../ui/field.tsx'
import { Select, type SelectOption } from '../../../ui/select-field.tsx'
import { ChosenTunnels } from './chosen-tunnels.tsx'
import { DescriptionChoice } from './description-choice.tsx'
import type { BulkEditing } from './use-bulk-edit.ts'

/** The first step: which fields, and what they become. What is not chosen stays as it is. */
export function ChooseStep({ editing }: { editing: BulkEditing }) {
  const { tunnels, choices, restore } = editing.draft
  const drafts = useDrafts(editing)
  const set = (path: BulkPath, value: string | boolean | undefined) => {
    const { [path]: _, ...others } = choices.values
    editing.choose({ ...choices, values: value === undefined ? others : { ...others, [path]: value } })
  }
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ChosenTunnels tunnels={tunnels} />
      {restore ? (
        <Callout title="This gives former values back">
          Each tunnel gets the values that it had before that change. One that somebody has changed since is left alone.
        </Callout>
      ) : (
        <>
          <div className="grid gap-x-5 gap-y-6 sm:grid-cols-2">
            {bulkPaths.map((path) => (
              <ChoiceField
                key={path}
                path={path}
                now={togetherWords(drafts, path)}
                value={choices.values[path]}
                onChange={(value) => set(path, value)}
              />
            ))}
          </div>
          <DescriptionChoice
            now={togetherWords(drafts, 'description')}
            value={choices.description}
            onChange={(description) => editing.choose({ ...choices, description })}
          />
        </>
      )}
    </div>
  )
}

/** The chosen tunnels as the list has them: only for what is told about them, never for what is sent. */
function useDrafts({ draft: { tunnels } }: BulkEditing): TunnelDraft[] {
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels }).data
  return useMemo(() => {
    const ids = new Set(tunnels.map(({ id }) => id))
    return (list ?? []).flatMap((tunnel) => (ids.has(tunnel.id) && isWholeTunnel(tunnel) ? [draftOf(tunnel)] : []))
  }, [list, tunnels])
}

interface ChoiceFieldProps {
  path: BulkPath
  /** What they have now, in words. */
  now: string
  value: string | boolean | undefined
  onChange: (value: string | boolean | undefined) => void
}

const asIs = ''

function ChoiceField({ path, now, value, onChange }: ChoiceFieldProps) {
  const ids = useFieldIds()
  const isSwitch = fieldAt(path)?.control === 'switch'
  const look = { label: fields[path].label, hint: now === '' ? undefined : `Now: ${now}` }
  const take = (text: string) => onChange(text === asIs ? undefined : isSwitch ? text === 'true' : text)
  return (
    <FieldFrame ids={ids} look={look} error={undefined}>
      <Select
        {...fieldAria(ids, look, undefined)}
        value={value === undefined ? asIs : String(value)}
        options={optionsOf(path)}
        onChange={({ target }) => take(target.value)}
      />
    </FieldFrame>
  )
}

function optionsOf(path: BulkPath): readonly SelectOption[] {
  const field = fieldAt(path)
  const known = field?.control === 'select' ? field.choices : switchChoices
  return [{ value: asIs, label: 'Leave as is' }, ...known]
}

const switchChoices = [
  { value: 'true', label: 'On' },
  { value: 'false', label: 'Off' },
]
