import {
  type ConnectionReport,
  isUnusable,
  isWhole,
  permissionTitle,
  type SourceName,
} from '@tunnel-console/shared/connection'
import type { ReactNode } from 'react'
import { Callout } from '../../ui/callout.tsx'
import { sourceNames, tokenNames } from './words.ts'

/** In one or two sentences what it all comes to. */
export function Verdict({ report }: { report: ConnectionReport }) {
  const { tone, title, text } = verdictOf(report)
  return (
    <Callout tone={tone} title={title}>
      {text}
    </Callout>
  )
}

function verdictOf(report: ConnectionReport): { tone: 'up' | 'degraded' | 'down'; title: string; text: ReactNode } {
  const useless = report.tokens.find(isUnusable)
  if (useless) {
    const text = `Nothing that rests on the ${tokenNames[useless.token]} works until it is another one. The console must be restarted with it.`
    return { tone: 'down', title: `Cloudflare does not take the ${tokenNames[useless.token]}`, text }
  }
  const lacking = report.permissions.filter(({ state }) => state === 'missing' || state === 'partly')
  if (lacking.length > 0) {
    const names = [...new Set(lacking.map(({ permission }) => permissionTitle(permission)))]
    const text = `What that costs you, and how to add it, stands below.`
    return { tone: 'degraded', title: `The token seems to lack ${listOf(names)}`, text }
  }
  const silent = report.sources.filter(({ outcome }) => outcome !== 'ok').map(({ source }) => nameOf(source))
  if (silent.length > 0) {
    const text = 'No permission seems to be missing. What happened stands below; it may pass.'
    return { tone: 'degraded', title: `Cloudflare gave no answer to use on ${listOf(silent)}`, text }
  }
  if (isWhole(report)) {
    return {
      tone: 'up',
      title: 'Everything works',
      text: 'The console can read and change all that it can make use of.',
    }
  }
  const text = 'All sources can be read. What could not be found out stands below.'
  return { tone: 'up', title: 'Nothing seems to be missing', text }
}

const nameOf = (source: SourceName) =>
  source === 'gre' || source === 'tunnels' ? sourceNames[source] : sourceNames[source].toLowerCase()

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}
