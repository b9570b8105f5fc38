import type { Risk } from '@tunnel-console/shared/field'
import type { SitesAtStake } from '@tunnel-console/shared/site'
import { useSitesAtStake } from '../../../data/mates.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { namesText } from '../../../lib/names-text.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Callout } from '../../../ui/callout.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { DryRow } from './plan.ts'

/** What hangs on the tunnels that will change: sites, and what the changes do to the network. */
export function GuardLines({ rows, title = 'Before you apply it' }: { rows: readonly DryRow[]; title?: string }) {
  const changing = rows.filter(({ result }) => result === 'will-change')
  const { sites, isPending } = useSitesAtStake(new Set(changing.map(({ id }) => id)))
  if (changing.length === 0) return null
  const lines = isPending ? [] : guardLines(sites)
  const effects = effectLines(changing)
  // New tunnels hang on nothing, and nothing hangs on them.
  if (lines.length + effects.length === 0) return null
  return (
    <Callout tone={lines.length > 0 ? 'degraded' : 'unknown'} title={title}>
      <ul className="flex flex-col gap-1.5">
        {lines.map((line) => (
          <li key={line} className="font-medium text-fg">
            {line}
          </li>
        ))}
        {effects.map(({ text, risk, times }) => (
          <li key={text} className="flex flex-wrap items-baseline gap-x-2">
            <Badge tone={riskTones[risk]}>{riskWords[risk]}</Badge>
            <span>
              {text} <span className="text-fg-3">({count(times, 'tunnel')})</span>
            </span>
          </li>
        ))}
      </ul>
    </Callout>
  )
}

const riskWords: Record<Risk, string> = { low: 'Low risk', medium: 'Medium risk', high: 'High risk' }
const riskTones: Record<Risk, Tone> = { low: 'unknown', medium: 'degraded', high: 'down' }
const worstFirst: readonly Risk[] = ['high', 'medium', 'low']

function guardLines(sites: SitesAtStake | null): string[] {
  if (sites === null) return ['The state of the tunnels is not known, so nobody can say which sites hang on them']
  const { onlyOne, allChosen } = sites
  return [
    ...(onlyOne.length > 0
      ? [`${sitesWords(onlyOne)} only one healthy tunnel, and it is among these: ${namesText(onlyOne)}`]
      : []),
    ...(allChosen.length > 0
      ? [`${sitesWords(allChosen)} all healthy tunnels among these: ${namesText(allChosen)}`]
      : []),
  ]
}

const sitesWords = ({ length }: readonly string[]) =>
  `${formatNumber(length)} ${length === 1 ? 'site has' : 'sites have'}`

function effectLines(rows: readonly DryRow[]) {
  const lines = new Map<string, { text: string; risk: Risk; times: number }>()
  for (const { effects } of rows) {
    for (const effect of effects) {
      const line = lines.get(effect.text) ?? { ...effect, times: 0 }
      lines.set(effect.text, { ...line, times: line.times + 1 })
    }
  }
  return [...lines.values()].sort((a, b) => worstFirst.indexOf(a.risk) - worstFirst.indexOf(b.risk))
}
