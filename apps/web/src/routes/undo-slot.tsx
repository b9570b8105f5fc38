import { useQuery } from '@tanstack/react-query'
import { useCan } from '../data/session.ts'
import { undosQuery } from '../data/undos.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'

const UndoStrips = lazyPart(async () => (await import('../features/undo/undo-strips.tsx')).UndoStrips, {
  Missing: ({ retry }) => <PartMissing retry={retry} look="card" />,
})

/** Watches, on every page, for changes that undo themselves. Their strips come once there is one. */
export function UndoSlot() {
  const mayRead = useCan('tunnel.read')
  const { data } = useQuery({ ...undosQuery(), enabled: mayRead })
  return mayRead && data !== undefined && data.length > 0 ? <UndoStrips /> : null
}
