import { useQuery } from '@tanstack/react-query'
import { nameOfPatch } from '@tunnel-console/shared/prepared-changes'
import type { Cause, NextStep } from '@tunnel-console/shared/status-answers'
import { useCan, useSession } from '../../../data/session.ts'
import { versionsQuery } from '../../../data/versions.ts'
import { shortTime } from '../../../lib/format.ts'
import { needOf } from '../../../lib/need.ts'
import { LinkButton } from '../../../ui/link-button.tsx'
import { NeedsRole } from '../../../ui/needs-role.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'

/** The likely cause in a sentence, and folded below it what it rests on. */
export function CauseWords({ cause }: { cause: Cause }) {
  return (
    <>
      <p className="text-fg [overflow-wrap:anywhere]">
        {cause.text}
        {cause.until && (
          <>
            {' '}
            It goes on until <TimeAgo at={cause.until} format={shortTime} />.
          </>
        )}
      </p>
      <details className="text-13">
        <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-s underline decoration-1 underline-offset-3 pointer-coarse:min-h-11">
          Why we think so
        </summary>
        <ul className="mt-1 list-disc pl-5">
          {cause.because.map((line) => (
            <li key={line} className="[overflow-wrap:anywhere]">
              {line}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** What to do, each with its way to an edit where a change of the tunnel helps, or with whom to ask for it. */
export function NextSteps({ tunnelId, steps }: { tunnelId: string; steps: readonly NextStep[] }) {
  const mayEdit = useCan('tunnel.update')
  return (
    <ul className="flex flex-col gap-2">
      {steps.map((step) => (
        <li key={step.text} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-fg">
          <span className="min-w-0 [overflow-wrap:anywhere]">{step.text}</span>
          <WhoCan step={step} />
          {mayEdit && step.patch && <Prepare tunnelId={tunnelId} patch={step.patch} />}
          {mayEdit && step.restore && <Restore tunnelId={tunnelId} auditId={step.restore} />}
        </li>
      ))}
    </ul>
  )
}

/** A step behind a wall names the role that it needs, and who can help. */
function WhoCan({ step: { needs } }: { step: NextStep }) {
  const { permissions, administrators } = useSession()
  if (!needs || permissions.includes(needs)) return null
  return (
    <span className="text-13 text-fg-2">
      <NeedsRole need={needOf(needs, administrators)} />
    </span>
  )
}

function Prepare({ tunnelId, patch }: { tunnelId: string; patch: object }) {
  const name = nameOfPatch(patch)
  if (!name) return null
  return (
    <LinkButton size="small" to="/tunnels/$id/edit" params={{ id: tunnelId }} search={{ prepare: name }}>
      Prepare this change
    </LinkButton>
  )
}

/** To the form with what was there before the change. A version is known by the entry of the log that tells of it. */
function Restore({ tunnelId, auditId }: { tunnelId: string; auditId: string }) {
  const version = useQuery(versionsQuery(tunnelId)).data?.find((entry) => entry.auditId === auditId)
  if (!version?.before) {
    return (
      <LinkButton size="small" to="/tunnels/$id" params={{ id: tunnelId }} search={{ tab: 'history' }}>
        Show what changed
      </LinkButton>
    )
  }
  const search = { restore: version.seq, side: 'before' as const }
  return (
    <LinkButton size="small" to="/tunnels/$id/edit" params={{ id: tunnelId }} search={search}>
      Compare and restore
    </LinkButton>
  )
}
