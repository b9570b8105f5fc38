import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { useState } from 'react'
import { ExportButton } from '../features/tunnels/export-button.tsx'
import { lazyPart, type MissingProps } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'

interface SlotProps {
  tunnels: readonly VisibleTunnel[]
  startsOpen: boolean
  onPress: () => void
  /** Somebody may be about to press. */
  onNear: () => void
}

const ExportMenu = lazyPart<SlotProps>(
  async () => {
    const { ExportMenu: Menu } = await import('../features/tunnels/export-menu.tsx')
    return ({ tunnels, startsOpen }) => <Menu tunnels={tunnels} startsOpen={startsOpen} />
  },
  {
    Waiting: ({ onPress, onNear }) => (
      <ExportButton aria-haspopup="menu" onMouseDown={onPress} onClick={onPress} onPointerEnter={onNear} />
    ),
    Missing: MissingMenu,
    isPatient: true,
  },
)

function MissingMenu({ retry }: MissingProps<SlotProps>) {
  const [isAsked, setAsked] = useState(false)
  const ask = () => {
    setAsked(true)
    void retry()
  }
  return (
    <>
      <ExportButton onClick={ask} />
      {isAsked && <PartMissing retry={retry} look="card" onClose={() => setAsked(false)} />}
    </>
  )
}

/** The menu that saves the shown tunnels. Its code comes after the list; a press that is faster than it is not lost. */
export function ExportSlot({ tunnels }: { tunnels: readonly VisibleTunnel[] }) {
  const [wasPressed, setPressed] = useState(false)
  const load = () => void ExportMenu.preload()
  const press = () => {
    setPressed(true)
    load()
  }
  return <ExportMenu tunnels={tunnels} startsOpen={wasPressed} onPress={press} onNear={load} />
}
