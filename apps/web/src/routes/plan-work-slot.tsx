import type { PlanWorkDialogProps } from '../features/tunnels/planned/plan-work-dialog.tsx'
import { planningFor } from '../features/tunnels/planned/planning-for.ts'
import { useStore } from '../lib/store.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'

const Dialog = lazyPart<PlanWorkDialogProps>(
  async () => (await import('../features/tunnels/planned/plan-work-dialog.tsx')).PlanWorkDialog,
  { Missing: ({ retry, props: { onClose } }) => <PartMissing retry={retry} look="card" onClose={onClose} /> },
)

/** The dialog that announces work, where somebody has asked for it. */
export function PlanWorkSlot() {
  const tunnels = useStore(planningFor)
  return tunnels && <Dialog tunnels={tunnels} onClose={() => planningFor.set(null)} />
}
