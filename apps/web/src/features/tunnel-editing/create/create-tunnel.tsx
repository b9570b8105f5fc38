import { useQuery } from '@tanstack/react-query'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { blankDraft } from '@tunnel-console/shared/draft'
import { useCan } from '../../../data/session.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { LeaveGuard } from '../../../ui/leave-guard.tsx'
import { formClass } from '../write/form-footer.tsx'
import { leaveWords } from '../write/leave-words.ts'
import { AllFields } from './all-fields.tsx'
import type { KeyPlan } from './creation-draft.ts'
import { type CreationView, firstUnfinished } from './creation-steps.ts'
import { DraftNotice } from './draft-notice.tsx'
import { GuidedCreation } from './guided-creation.tsx'
import type { Created } from './use-create-tunnel.ts'
import { type Creation, type CreationStart, useCreation } from './use-creation.ts'

interface CreateTunnelProps {
  /** One of the steps, or the plain form with all fields. */
  view?: CreationView
  onView: (view: CreationView) => void
  /** What the form starts with, where it is not empty and nothing was kept. */
  start?: CreationStart
  onCreated: (tunnel: Created, plan: KeyPlan | null) => void
  onCancel: () => void
  /** The kept draft is dropped, or another one taken up: the page begins anew. */
  onRestart: () => void
}

const nothing: CreationStart = { draft: blankDraft, origin: '' }

/** A new tunnel, step by step or in one form. Both are views of the same draft, so nothing is lost on the way. */
export function CreateTunnel(props: CreateTunnelProps) {
  const { view = 'all', onView, start = nothing, onCreated, onCancel, onRestart } = props
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const neighbours = list.data ?? []
  const creation = useCreation({
    start,
    neighbours,
    view,
    // Only the steps ask how it comes by its key.
    onCreated: (tunnel, plan) => onCreated(tunnel, view === 'all' ? null : plan),
  })
  const { creating, facts } = creation
  const mayCreate = useCan('tunnel.create')
  useShortcuts({ 'Mod+enter': () => mayCreate && void creating.validate() })
  const common = { creation, neighbours, onCancel }
  return (
    <div className={formClass}>
      <CreationGuard creation={creation} view={view} />
      <DraftNotice creation={creation} onRestart={onRestart} />
      {view === 'all' ? (
        <form
          aria-label="Create tunnel"
          noValidate
          onSubmit={(event) => event.preventDefault()}
          {...creating.kit.listeners}
        >
          <AllFields {...common} onSteps={() => onView(firstUnfinished(facts.done, []))} />
        </form>
      ) : (
        <GuidedCreation {...common} step={view} onView={onView} />
      )}
    </div>
  )
}

const keysWords = {
  title: 'Leave without saving?',
  description: 'The tunnel is not created yet. This tab keeps what you typed, but no key: that one will be lost.',
  isLost: true,
}

const keptWords = {
  title: 'Leave without saving?',
  description: 'The tunnel is not created yet. This tab keeps what you typed for when you come back.',
  isLost: false,
}

/** The steps can be left and resumed; a key cannot, and the plain form always asks. */
function CreationGuard({ creation, view }: { creation: Creation; view: CreationView }) {
  const { own, begun, creating } = creation
  const { kit, phase, isDone } = creating
  const hasKey = own.psk !== '' || kit.draft.bgp.md5_key !== ''
  const isChanged = view === 'all' && diffDrafts(begun.draft, kit.draft).length > 0
  const isUnderWay = phase === 'applying' || phase === 'unknown'
  return (
    <LeaveGuard
      hasTyped={() => !isDone.current && (hasKey || isChanged || isUnderWay)}
      within="/tunnels/new"
      words={isUnderWay ? leaveWords(phase) : hasKey ? keysWords : keptWords}
    />
  )
}
