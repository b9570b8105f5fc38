import {
  type ConnectionReport,
  isUnusable,
  isWhole,
  type PermissionState,
  permissionTitle,
  type SourceName,
  shutBy,
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
  const useless = report.tokens.find((token) => isUnusable(token, report))
  if (useless) {
    const text = `Nothing that rests on the ${tokenNames[useless.token]} works until it is another one. The console must be restarted with it.`
    return { tone: 'down', title: `Cloudflare does not take the ${tokenNames[useless.token]}`, text }
  }
  const named = (state: PermissionState) => report.permissions.filter((check) => check.state === state)
  const missing = named('missing').map(({ permission }) => permissionTitle(permission))
  if (missing.length > 0) {
    const text = 'What that costs you, and how to add it, stands below.'
    return { tone: 'degraded', title: `The token seems to lack ${listOf(missing)}`, text }
  }
  const shut = named('partly').flatMap(({ permission }) => shutBy(permission, report))
  if (shut.length > 0) {
    const text = 'The permission for it seems to be there. What it costs you stands below.'
    return { tone: 'degraded', title: `Cloudflare refuses ${listOf(shut.map(nameOf))}`, text }
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

/** Within a sentence, where only what is a name keeps its capital. */
const nameOf = (what: SourceName | 'write') =>
  what === 'gre' || what === 'tunnels' ? sourceNames[what] : sourceNames[what].toLowerCase()

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}
