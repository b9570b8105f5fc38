import { formatNumber } from '../lib/format.ts'
import { countClass } from './count-class.ts'
import { type Shape, StateShape } from './state-shape.tsx'
import { type Tone, toneFill } from './tone.ts'

export interface Counted<Value extends string> {
  value: Value
  word: string
  tone: Tone
  shape: Shape
  count: number
}

interface CountFilterProps<Value extends string> {
  /** What the buttons filter, such as "Filter by result". */
  label: string
  counted: readonly Counted<Value>[]
  chosen: Value | null
  onChange: (chosen: Value | null) => void
}

/** How many there are of each kind. Pressing one shows only those, pressing it again shows all. */
export function CountFilter<Value extends string>({ label, counted, chosen, onChange }: CountFilterProps<Value>) {
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-2">
      <legend className="sr-only">{label}</legend>
      {counted.map(({ value, word, tone, shape, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen === value}
          onClick={() => onChange(chosen === value ? null : value)}
          className={countClass}
        >
          <span className={`inline-flex ${toneFill[tone]}`}>
            <StateShape shape={shape} />
          </span>
          {word} <span className="nums font-semibold text-fg">{formatNumber(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}
