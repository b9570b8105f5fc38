import { useState } from 'react'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import type { ListToolsProps } from './list-tools.tsx'
import { ToolButton, type ToolName } from './tool-button.tsx'

type SlotProps = ListToolsProps & {
  onPress: (name: ToolName) => void
  /** Somebody may be about to press. */
  onNear: () => void
}

const Tools = lazyPart<SlotProps>(async () => (await import('./list-tools.tsx')).ListTools, {
  Waiting: ({ onPress, onNear }) =>
    (['Columns', 'Views'] as const).map((name) => {
      const press = () => onPress(name)
      const acts = { onPointerEnter: onNear, onMouseDown: press, onClick: press }
      return <ToolButton key={name} name={name} aria-haspopup="menu" {...acts} />
    }),
  // The list is there without them; a press asks again.
  Missing: ({ retry }) => (
    <>
      <ToolButton name="Columns" onClick={() => void retry()} />
      <ToolButton name="Views" onClick={() => void retry()} />
    </>
  ),
  isPatient: true,
})

/** The menus of the list. Their code comes after the rows; a press that is faster than it is not lost. */
export function ToolsSlot(props: Omit<ListToolsProps, 'startsOpen'>) {
  const [pressed, setPressed] = useState<ToolName | null>(null)
  const load = () => void Tools.preload()
  const press = (name: ToolName) => {
    setPressed(name)
    load()
  }
  return <Tools {...props} startsOpen={pressed} onPress={press} onNear={load} />
}
