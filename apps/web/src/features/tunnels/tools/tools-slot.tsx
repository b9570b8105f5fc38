import { useState } from 'react'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import type { ListToolsProps } from './list-tools.tsx'
import { ToolButton, type ToolName } from './tool-button.tsx'

type SlotProps = ListToolsProps & { onPress: (name: ToolName) => void }

const Tools = lazyPart<SlotProps>(async () => (await import('./list-tools.tsx')).ListTools, {
  Waiting: ({ onPress }) => (
    <>
      <ToolButton name="Columns" aria-haspopup="menu" onClick={() => onPress('Columns')} />
      <ToolButton name="Views" aria-haspopup="menu" onClick={() => onPress('Views')} />
    </>
  ),
  // The list is there without them; a press asks again.
  Missing: ({ retry }) => (
    <>
      <ToolButton name="Columns" onClick={() => void retry()} />
      <ToolButton name="Views" onClick={() => void retry()} />
    </>
  ),
})

/** The menus of the list. Their code comes after the rows; a press that is faster than it is not lost. */
export function ToolsSlot(props: Omit<ListToolsProps, 'startsOpen'>) {
  const [pressed, setPressed] = useState<ToolName | null>(null)
  return <Tools {...props} startsOpen={pressed} onPress={setPressed} />
}
