import { type FieldValues, useWatch } from 'react-hook-form'
import { lengthOf, shortestPassword } from '../lib/password.ts'
import { TextField, type TextFieldProps } from './text-field.tsx'

/** A password to choose: long enough is all that is asked for, and the hint counts along. Pasting works (S36). */
export function NewPasswordField<Values extends FieldValues>(
  props: Pick<TextFieldProps<Values>, 'control' | 'name' | 'label' | 'autoFocus'>,
) {
  const typed: unknown = useWatch({ control: props.control, name: props.name })
  return (
    <TextField
      {...props}
      type="password"
      autoComplete="new-password"
      hint={hintFor(lengthOf(typeof typed === 'string' ? typed : ''))}
    />
  )
}

function hintFor(length: number): string {
  if (length === 0) return `At least ${shortestPassword} characters. A few random words are easy to keep in mind.`
  if (length < shortestPassword) return `${length} of at least ${shortestPassword} characters`
  return `${length} characters, long enough`
}
