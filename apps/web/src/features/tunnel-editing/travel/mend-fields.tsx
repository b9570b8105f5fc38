import { fieldAt } from '@tunnel-console/shared/fields'
import { useId } from 'react'
import { ignoredByPasswordManagers, TextInput } from '../../../ui/text-field.tsx'
import { cellText, type OpenFile } from './open-file.ts'
import type { TravelRow } from './rows.ts'

interface MendFieldsProps {
  row: TravelRow
  file: OpenFile
  /** Fields that were wrong once. */
  open: ReadonlySet<string>
  onMend: (line: number, path: string, text: string) => void
}

/** What is wrong with a row, each beside a field to mend it in. A field that is right by now stays: somebody may be in it. */
export function MendFields({ row, file, open, onMend }: MendFieldsProps) {
  const { line, problems } = row
  const whole = problems.filter(({ path }) => path === '')
  const paths = line === null ? [] : [...open].flatMap((key) => pathAt(key, line))
  return (
    <div className="flex min-w-44 flex-col gap-2 py-1">
      {whole.map(({ message }) => (
        <p key={message} className="text-13 text-down-fg">
          {message}
        </p>
      ))}
      {line !== null &&
        paths.map((path) => (
          <MendField
            key={path}
            line={line}
            path={path}
            text={cellText(file, line, path)}
            problem={problems.find((one) => one.path === path)?.message}
            onMend={(text) => onMend(line, path, text)}
          />
        ))}
    </div>
  )
}

const pathAt = (key: string, line: number): string[] => {
  const [at, path = ''] = key.split(' ')
  return at === String(line) && path !== '' ? [path] : []
}

interface MendFieldProps {
  line: number
  path: string
  text: string
  problem: string | undefined
  onMend: (text: string) => void
}

function MendField({ line, path, text, problem, onMend }: MendFieldProps) {
  const id = useId()
  const take = (typed: string) => typed !== text && onMend(typed)
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-12 text-fg-2">
        {fieldAt(path)?.label ?? path}
        <span className="sr-only"> of row {line}</span>
      </label>
      <TextInput
        {...ignoredByPasswordManagers}
        id={id}
        key={text}
        defaultValue={text}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onBlur={({ target }) => take(target.value)}
        onKeyDown={({ key, nativeEvent, currentTarget }) =>
          key === 'Enter' && !nativeEvent.isComposing && take(currentTarget.value)
        }
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} className="text-13 text-down-fg">
          {problem}
        </p>
      )}
    </div>
  )
}
