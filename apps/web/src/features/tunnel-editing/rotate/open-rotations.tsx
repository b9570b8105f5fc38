import { useSession } from '../../../data/session.ts'
import { useStore } from '../../../lib/store.ts'
import { TextLink } from '../../../ui/link-button.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { type KeyNote, keyNotes } from '../rotation/key-notes.ts'

interface Named {
  id: string
  name: string
}

/** Keys that this person made in this browser and that are not known to be on their device yet. */
export function OpenRotations({ tunnels }: { tunnels: readonly Named[] }) {
  const { user } = useSession()
  const open = useStore(keyNotes).flatMap((note) => {
    const tunnel = tunnels.find(({ id }) => id === note.tunnelId)
    return tunnel && note.by === user.id ? [{ note, tunnel }] : []
  })
  if (open.length === 0) return null
  return (
    <section aria-labelledby="open-rotations" className="mb-6">
      <h2 id="open-rotations" className="mb-1 text-16 font-semibold">
        On their way to the devices
      </h2>
      <ul className="border-t border-line">
        {open.map(({ note, tunnel }) => (
          <li
            key={tunnel.id}
            className="flex min-h-row flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5"
          >
            <TextLink to="/tunnels/$id" params={{ id: tunnel.id }}>
              {tunnel.name}
            </TextLink>
            <span className="text-13 text-fg-2">
              {nextStep(note)}
              {note.madeAt && (
                <>
                  {' · '}
                  <TimeAgo at={note.madeAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function nextStep({ madeAt, isStored, ticks }: KeyNote): string {
  if (madeAt === null) return 'Next: make the new key'
  if (!isStored) return 'Not confirmed as stored'
  if (!ticks.pasted) return 'Next: put the key on the device'
  if (!ticks.reestablished) return 'Next: re-establish the tunnel on the device'
  return 'Waiting for health and BGP'
}
