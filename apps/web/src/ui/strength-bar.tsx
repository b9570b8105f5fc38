import { type Strength, strengthOf } from '@tunnel-console/shared/key-strength'
import { cx } from '../lib/cx.ts'

const looks: Record<Strength, { parts: number; fill: string }> = {
  weak: { parts: 1, fill: 'bg-degraded-fill' },
  fair: { parts: 2, fill: 'bg-establishing-fill' },
  strong: { parts: 3, fill: 'bg-up-fill' },
}

/** Three parts, filled as far as a secret is strong. The words beside it say the same. */
export function StrengthBar({ bits }: { bits: number }) {
  const { parts, fill } = looks[strengthOf(bits)]
  return (
    <span aria-hidden className="mt-1 flex max-w-48 gap-1">
      {[1, 2, 3].map((part) => (
        <span
          key={part}
          className={cx('h-1 flex-1 rounded-s forced-colors:border', part <= parts ? fill : 'bg-line')}
        />
      ))}
    </span>
  )
}
