import { useQuery } from '@tanstack/react-query'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { blankDraft, type TunnelDraft } from '@tunnel-console/shared/draft'
import { createCall } from '@tunnel-console/shared/travel/curl'
import { useState } from 'react'
import { useCurl } from '../../../data/curl.ts'
import { useCan, useNeed } from '../../../data/session.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { needText } from '../../../lib/role-words.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { CurlButton } from '../../../ui/curl-button.tsx'
import { changesText } from '../changes-text.ts'
import { SectionList } from '../form/form-sections.tsx'
import { ProblemSummary, problemsOn } from '../form/problem-summary.tsx'
import { TunnelFields } from '../form/tunnel-fields.tsx'
import { dropKeptDraft, keptDraft } from '../kept-draft.ts'
import { LeaveGuard } from '../leave-guard.tsx'
import { keyComplaint } from '../psk/key-words.ts'
import type { OwnKey } from '../psk/use-generate-psk.ts'
import { FailedWrite, NotValidated } from '../write/failed-write.tsx'
import { footerOf, unknownReason, unknownTitle } from '../write/footer.ts'
import { CopyTyped, FooterStatus, FooterStrip, formClass } from '../write/form-footer.tsx'
import { UnknownPanel } from '../write/unknown-panel.tsx'
import type { Phase } from '../write/write-state.ts'
import { OwnKeySection } from './own-key-section.tsx'
import { type Created, type Creating, useCreateTunnel } from './use-create-tunnel.ts'

interface CreateTunnelProps {
  /** What the form starts with, where it is not empty and no form was kept: another tunnel's last version. */
  start?: TunnelDraft | undefined
  onCreated: (tunnel: Created) => void
  onCancel: () => void
}

export function CreateTunnel({ start: given = blankDraft, onCreated, onCancel }: CreateTunnelProps) {
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const neighbours = list.data ?? []
  const [start] = useState(() => takeKeptDraft() ?? given)
  const [own, setOwn] = useState<OwnKey>({ psk: '', edit: 0 })
  const creating = useCreateTunnel({ start, neighbours, own, onCreated })
  const { kit, state, phase } = creating
  const wrong = problemsOn(kit.errors)
  const { verdict } = state
  const hasTyped = own.psk !== '' || diffDrafts(given, kit.draft).length > 0
  const mayCreate = useCan('tunnel.create')
  const curl = useCurl()
  useShortcuts({ 'Mod+enter': () => mayCreate && void creating.validate() })

  return (
    <form
      className={formClass}
      aria-label="Create tunnel"
      noValidate
      onSubmit={(event) => event.preventDefault()}
      {...kit.listeners}
    >
      <LeaveGuard hasTyped={() => !creating.isDone.current && hasTyped} phase={phase} />
      <div className="grid gap-x-12 lg:grid-cols-[13rem_minmax(0,var(--form-width))]">
        <SectionList changed={[]} wrong={wrong.map(({ path }) => path)} />
        <div className="flex max-w-form min-w-0 flex-col gap-6">
          {verdict?.kind === 'invalid' && (wrong.length > 0 || phase === 'invalid') && (
            <ProblemSummary key={verdict.stamp} kit={kit} problem={verdict.problem} />
          )}
          {list.isError && !list.data && (
            <Banner kind="warning" title="The account’s tunnels could not be read">
              Overlaps with them cannot be seen here. Cloudflare checks them when you validate.
            </Banner>
          )}
          {/* What was sent stays as it was, until it is known what became of it. */}
          <div inert={phase === 'unknown'} className="min-w-0">
            <TunnelFields kit={kit} neighbours={neighbours} isNew />
            <OwnKeySection own={own} onChange={setOwn} problem={creating.keyProblem} />
          </div>
          <Outcome creating={creating} />
          <div>
            <CurlButton command={() => curl(createCall(kit.draft))} />
          </div>
        </div>
      </div>
      <CreateFooter creating={creating} keyReason={keyReason(own)} onCancel={onCancel} />
    </form>
  )
}

/** Taken once: whoever leaves this form and says that it may be lost does not meet it again. */
function takeKeptDraft() {
  const draft = keptDraft()
  dropKeptDraft()
  return draft
}

/** What stands between the form and its tunnel, next to the button that was pressed. */
function Outcome({ creating }: { creating: Creating }) {
  const { phase, watch } = creating
  const { stop, verdict } = creating.state
  if (stop?.kind === 'unknown') {
    return <UnknownPanel title={unknownTitle('created')} lost={stop} watch={watch} />
  }
  if (stop?.kind === 'unchanged') {
    return <FailedWrite problem={stop.problem} onRetry={() => void creating.create()} />
  }
  if (verdict?.kind === 'unavailable' && phase === 'unavailable') {
    return <NotValidated problem={verdict.problem} onRetry={() => void creating.validate()} />
  }
  return null
}

const words: Partial<Record<Phase, string>> = {
  dirty: 'Not validated',
  validating: 'Asking Cloudflare… nothing is created',
  unavailable: 'Validation is unavailable. You can still create it.',
  applying: 'Creating…',
  saved: 'Created',
  unknown: unknownTitle('created'),
}

/** Why nothing can be sent with this key, if so. */
const keyReason = ({ psk }: OwnKey) =>
  keyComplaint(psk) === null ? undefined : 'The pre-shared key cannot be used as it is'

interface CreateFooterProps {
  creating: Creating
  keyReason: string | undefined
  onCancel: () => void
}

function CreateFooter({ creating, keyReason, onCancel }: CreateFooterProps) {
  const { state, phase } = creating
  const look = footerOf(phase, state, 1)
  const cannot = useCannotSend()
  const need = useNeed('tunnel.create')
  const isLost = phase === 'unknown' ? unknownReason('created') : undefined
  const closed = isLost ?? (need ? needText(need) : (cannot ?? keyReason))
  return (
    <FooterStrip
      status={
        <FooterStatus look={{ ...look, text: words[phase] ?? look.text }} need={phase === 'unknown' ? null : need} />
      }
    >
      <Button kind="ghost" onClick={onCancel}>
        Cancel
      </Button>
      {need && <CopyTyped typed={() => changesText(blankDraft, creating.kit.draft)} />}
      <Button
        busy={phase === 'validating'}
        disabledReason={phase === 'applying' ? 'The tunnel is being created' : closed}
        reasonPlace="described"
        onClick={() => void creating.validate()}
      >
        Validate
      </Button>
      <Button
        kind="primary"
        busy={phase === 'applying'}
        disabledReason={phase === 'validating' ? 'Wait for the answer' : phase === 'applying' ? undefined : closed}
        onClick={() => void creating.create()}
      >
        Create tunnel
      </Button>
    </FooterStrip>
  )
}
