import { useQuery } from '@tanstack/react-query'
import { type AuditEntry, outsideActor } from '@tunnel-console/shared/audit'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import type { ReactNode } from 'react'
import { tunnelQuery } from '../../../data/tunnels.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import type { Editing } from './use-edit-tunnel.ts'
import { useSaver } from './use-saver.ts'

interface OthersChange {
  /** For the strip at the lower edge; `null` when there is nothing to tell, or when something else is told of it. */
  notice: ReactNode
  /** The change that somebody else saved, as it stands in the log; `null` as long as the log does not say. */
  saver: AuditEntry | null
}

/**
 * Tells early that somebody else saved, and who, so that a conflict is rarely a surprise. It stands in the strip at the lower
 * edge, of the form and of the review: seen wherever one has scrolled, and nothing moves for it. Form and review come and
 * go, so the page that holds both asks for it.
 */
export function useOthersChange({ id, saved, state, dispatch }: Editing): OthersChange {
  const { data } = useQuery({ ...tunnelQuery(id), refetchInterval: 15_000 })
  const hasChanged = data !== undefined && data.version !== saved.version
  const saver = useSaver(id, saved.version, hasChanged || state.stop?.kind === 'conflict')
  if (!hasChanged || state.stop || state.work !== 'idle') return { notice: null, saver }
  const { tunnel, version } = data
  if (!isWholeTunnel(tunnel)) return { notice: null, saver }
  const notice = (
    <Banner
      kind="warning"
      role="status"
      title={changedWords(saver)}
      actions={
        <Button
          size="small"
          onClick={() => dispatch({ type: 'stopped', stop: { kind: 'conflict', current: tunnel, version } })}
        >
          See it
        </Button>
      }
    />
  )
  return { notice, saver }
}

function changedWords(saver: AuditEntry | null): string {
  if (saver === null) return 'Someone else just saved a change here'
  const { email } = saver.actor
  return email === outsideActor.email
    ? 'This was just changed outside this console'
    : `${email} just saved a change here`
}
