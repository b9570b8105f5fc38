import { Button, type ButtonProps } from '../../ui/button.tsx'

/** What opens the menu, there before the menu's own code. */
export function ExportButton(props: ButtonProps) {
  return (
    <Button size="small" kind="ghost" {...props}>
      Export
    </Button>
  )
}
