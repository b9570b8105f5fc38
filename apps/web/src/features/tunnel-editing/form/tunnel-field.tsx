import type { Choice } from '@tunnel-console/shared/field'
import { valueAt } from '@tunnel-console/shared/field-values'
import { isOptional } from '@tunnel-console/shared/fields'
import type { ReactNode } from 'react'
import { SelectField, type SelectOption } from '../../../ui/select-field.tsx'
import { SwitchField } from '../../../ui/switch-field.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { lookOf } from './field-looks.ts'
import type { FieldPartProps } from './field-part.ts'

interface TunnelFieldProps extends Pick<FieldPartProps, 'kit' | 'field'> {
  /** Takes the place of the field's own hint. */
  hint?: ReactNode
}

/** A field as its control asks for it. */
export function TunnelField({ kit, field, hint }: TunnelFieldProps) {
  const look = {
    ...kit.of(field.path),
    isOptional: isOptional(field),
    hint: field.hint,
    ...lookOf(field.path, kit),
    ...(hint && { hint }),
  }
  switch (field.control) {
    case 'switch':
      return <SwitchField {...look} />
    case 'select':
      return <SelectField {...look} options={optionsOf(field.choices, String(valueAt(kit.draft, field.path)))} />
    case 'text':
      return <TextField {...look} />
    case 'lines':
      return <TextArea {...look} rows={2} />
    case 'list':
      return <TextArea {...look} isMono rows={3} />
    case 'number':
      return <TextField {...look} isMono inputMode="numeric" />
    case 'address':
      return <TextField {...look} isMono inputMode="decimal" />
    case 'subnet':
    case 'hostname':
      return <TextField {...look} isMono />
    case 'secret':
      return <TextField {...look} isMono type="password" />
  }
}

/** A value that Cloudflare knows and we do not stays choosable. */
function optionsOf(choices: readonly Choice[], current: string): readonly SelectOption[] {
  const isKnown = choices.some(({ value }) => value === current)
  return isKnown ? choices : [...choices, { value: current, label: current }]
}
