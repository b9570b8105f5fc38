import { effectsOf, type FieldChange } from '@tunnel-console/shared/diff'
import type { TunnelDraft } from '@tunnel-console/shared/draft'
import type { Effect, Risk } from '@tunnel-console/shared/field'
import { valueAt } from '@tunnel-console/shared/field-values'
import { fieldList } from '@tunnel-console/shared/fields'
import { isCompared, valueWords } from '@tunnel-console/shared/words'
import { changeKind, changeWords } from '../../../lib/change-words.ts'
import { count } from '../../../lib/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { DiffWord } from '../../../ui/diff-value.tsx'
import type { Tone } from '../../../ui/tone.ts'

const riskLooks: Record<Risk, [words: string, tone: Tone]> = {
  low: ['Low risk', 'unknown'],
  medium: ['Medium risk', 'degraded'],
  high: ['High risk', 'down'],
}

/** Whether going from one draft to the other can take a site down. */
export function isRisky(before: TunnelDraft, after: TunnelDraft): boolean {
  return effectsOf(before, after).some(({ risk }) => risk === 'high')
}

/** What will change, from what to what, and what it does to the network. */
export function ReviewTable({ before, after }: { before: TunnelDraft; after: TunnelDraft }) {
  return <EffectTable effects={effectsOf(before, after)} />
}

export function EffectTable({ effects }: { effects: readonly (FieldChange & Effect)[] }) {
  return (
    <div className="overflow-x-auto rounded-m border border-line bg-surface">
      <table className="w-full text-left text-14 max-md:block" aria-label="Changes">
        <thead className="max-md:sr-only">
          <tr className="border-b border-line text-12 text-fg-3">
            <th className="px-4 py-2 font-medium">Field</th>
            <th className="px-4 py-2 font-medium">Now</th>
            <th className="px-4 py-2 font-medium">New</th>
            <th className="px-4 py-2 font-medium">Effect</th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {effects.map((change) => {
            const [words, tone] = riskLooks[change.risk]
            return (
              <tr
                key={change.path}
                className="border-b border-line align-top last:border-0 max-md:block max-md:px-4 max-md:py-3"
              >
                <th scope="row" className="px-4 py-3 text-left font-medium max-md:block max-md:p-0">
                  <span className="flex flex-wrap items-center gap-2 md:flex-col md:items-start md:gap-1">
                    {change.label}
                    <DiffWord kind={changeKind(change)} />
                  </span>
                </th>
                <Values change={change} />
                <td className="px-4 py-3 text-13 text-fg-2 max-md:block max-md:p-0 max-md:pt-2 md:min-w-60">
                  <Badge tone={tone}>{words}</Badge>
                  <p className="mt-1">{change.text}</p>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Values({ change }: { change: FieldChange }) {
  const { path, before, after } = change
  const text = isCompared(path) ? 'mono' : 'text-14'
  const cell = 'px-4 py-3 max-md:block max-md:p-0 max-md:pt-2 wrap-break-word'
  if (Array.isArray(before) && Array.isArray(after)) {
    return (
      <td colSpan={2} className={cell}>
        <EntryDiff before={before} after={after} />
      </td>
    )
  }
  const words = changeWords(change)
  return (
    <>
      <td className={cell}>
        <span className="text-12 text-fg-3 md:hidden">Now </span>
        <del className={`${text} text-fg-2 decoration-fg-3`}>{words.before}</del>
      </td>
      <td className={cell}>
        <span className="text-12 text-fg-3 md:hidden">New </span>
        <ins className={`${text} font-medium no-underline`}>{words.after}</ins>
      </td>
    </>
  )
}

/** A list is compared entry by entry: one new prefix among fifty must stand out. */
function EntryDiff({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  const removed = before.filter((entry) => !after.includes(entry))
  const added = after.filter((entry) => !before.includes(entry))
  const kept = after.length - added.length
  return (
    <ul className="flex flex-col gap-1">
      {removed.map((entry) => (
        <li key={`- ${entry}`} className="flex items-center gap-2">
          <DiffWord kind="removed" /> <del className="mono text-fg-2">{entry}</del>
        </li>
      ))}
      {added.map((entry) => (
        <li key={`+ ${entry}`} className="flex items-center gap-2">
          <DiffWord kind="added" /> <ins className="mono font-medium no-underline">{entry}</ins>
        </li>
      ))}
      {removed.length + added.length === 0 && <li className="text-13 text-fg-2">The same entries in another order</li>}
      {kept > 0 && <li className="text-13 text-fg-3">{count(kept, 'entry stays', 'entries stay')}</li>}
    </ul>
  )
}

/** The rest of the tunnel, folded: seen by whoever wants to be sure. */
export function UnchangedFields({ draft, changes }: { draft: TunnelDraft; changes: readonly FieldChange[] }) {
  const rest = fieldList.filter(({ path }) => !changes.some((change) => change.path === path))
  return (
    <details className="mt-4 text-14">
      <summary className="min-h-6 rounded-s text-fg-2">{count(rest.length, 'unchanged field')}</summary>
      <dl className="mt-2 grid gap-x-6 gap-y-1 text-13 sm:grid-cols-[14rem_1fr]">
        {rest.map(({ path, label }) => (
          <div key={path} className="contents">
            <dt className="text-fg-3 max-sm:mt-1">{label}</dt>
            <dd className={isCompared(path) ? 'mono' : undefined}>{valueWords(path, valueAt(draft, path))}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
