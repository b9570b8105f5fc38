import { Button, type ButtonProps } from '../../../ui/button.tsx'

export type ToolName = 'Columns' | 'Views'

/** What opens a menu of the list, there before the menu's own code. */
export function ToolButton({ name, ...rest }: ButtonProps & { name: ToolName }) {
  return (
    <Button size="small" kind="ghost" {...rest}>
      {name}
    </Button>
  )
}
