import { useSession } from '../../../data/session.ts'
import { clockTime } from '../../../lib/exact-times.ts'
import { isSameDay, nearTime } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import type { PskTunnel } from '../psk/psk-tunnel.ts'
import { dropNote, noteStored, useKeyNote } from './key-notes.ts'
import { RotationPanel } from './rotation-panel.tsx'

interface KeyNewsProps {
  tunnel: PskTunnel
  /** Opens the dialog that makes a key. */
  onGenerate: () => void
}

/** What this browser remembers of the key that the person made here: not yet stored, or on its way to the device. */
export function KeyNews({ tunnel, onGenerate }: KeyNewsProps) {
  const { user } = useSession()
  const note = useKeyNote(tunnel.id, user.id)
  useStore(timesInUtc)
  if (!note) return null
  if (note.madeAt && isSuperseded(note.madeAt, tunnel.lastGeneratedOn)) {
    return <Superseded onClose={() => dropNote(tunnel.id)} />
  }
  return (
    <>
      {note.madeAt && !note.isStored && (
        <div className="mb-4">
          <Banner
            kind="warning"
            title={`A key was generated ${atWords(note.madeAt)} by you and not confirmed as stored.`}
            actions={
              <>
                <Button size="small" onClick={() => noteStored([tunnel.id])}>
                  It is stored
                </Button>
                <Button size="small" onClick={onGenerate}>
                  Make another
                </Button>
              </>
            }
          >
            Nobody can read it back. If it is not stored, make another one.
          </Banner>
        </div>
      )}
      {note.isRotation && <RotationPanel tunnel={tunnel} note={note} onGenerate={onGenerate} />}
    </>
  )
}

/** Clocks differ, and the date of a key is Cloudflare's. */
const noiseMs = 120_000

/** Somebody has made another key since. */
const isSuperseded = (madeAt: string, lastGeneratedOn: string | null) =>
  Date.parse(lastGeneratedOn ?? '') > Date.parse(madeAt) + noiseMs

function Superseded({ onClose }: { onClose: () => void }) {
  return (
    <div className="mb-4">
      <Banner
        kind="warning"
        title="Another key was made since yours"
        actions={
          <Button size="small" onClick={onClose}>
            Put the checklist away
          </Button>
        }
      >
        The key that you made here is not in force any more.
      </Banner>
    </div>
  )
}

function atWords(iso: string): string {
  const at = new Date(iso)
  return isSameDay(at, new Date()) ? `at ${clockTime(at)}` : `on ${nearTime(at)}`
}
