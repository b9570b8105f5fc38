import { type ReactNode, useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { dropCreation, keepCreation, keptCreation } from './creation-draft.ts'
import type { Creation } from './use-creation.ts'

interface DraftNoticeProps {
  creation: Creation
  onRestart: () => void
}

/** Says what this tab has kept: the draft that goes on, or another one that was put aside for it. */
export function DraftNotice({ creation, onRestart }: DraftNoticeProps) {
  const owner = useSession().user.id
  const [aside] = useState(() => keptCreation(owner, 'aside'))
  const [isClosed, setClosed] = useState(false)
  if (isClosed || creation.creating.phase === 'unknown') return null
  /** For whoever pressed by mistake it can be taken up again; its address is asked for anew then. */
  const putAside = () => {
    keepCreation(owner, { ...creation.facts, draft: creation.creating.kit.draft, holdId: null }, 'aside')
    creation.hold.release(creation.facts.holdId)
  }
  const close = (
    <Button size="small" kind="ghost" onClick={() => setClosed(true)}>
      Close
    </Button>
  )
  if (creation.isResumed) {
    const startOver = () => {
      putAside()
      dropCreation()
      onRestart()
    }
    return (
      <Notice
        title="You go on with what you typed before"
        actions={
          <>
            <Button size="small" onClick={startOver}>
              Start over
            </Button>
            {close}
          </>
        }
      >
        This tab has kept it, without keys.
      </Notice>
    )
  }
  if (aside === null) return null
  const takeUp = () => {
    putAside()
    keepCreation(owner, { ...aside, origin: '' })
    onRestart()
  }
  return (
    <Notice
      title={`Another new tunnel is unfinished: ${aside.draft.name || 'without a name yet'}`}
      actions={
        <>
          <Button size="small" onClick={takeUp}>
            Go on with that one
          </Button>
          {close}
        </>
      }
    >
      It was put aside for this one.
    </Notice>
  )
}

function Notice(props: { title: string; actions: ReactNode; children: ReactNode }) {
  return (
    <div className="mb-5">
      <Banner {...props} />
    </div>
  )
}
