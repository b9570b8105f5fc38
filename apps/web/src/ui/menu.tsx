import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { cx } from '../lib/cx.ts'

interface MenuProps {
  /** A `Button` or an `IconButton`. */
  trigger: ReactElement<Record<string, unknown>>
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  /** Opens as it appears: its trigger was pressed before its code was there. */
  startsOpen?: boolean
}

export function Menu({ trigger, children, align = 'end', startsOpen = false }: MenuProps) {
  return (
    <Base.Root defaultOpen={startsOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className="appear max-h-(--available-height) min-w-48 overflow-y-auto rounded-m border border-line bg-surface py-1 text-14 text-fg shadow-float outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const itemClass =
  'mx-1 flex min-h-8 cursor-pointer items-center gap-2.5 rounded-s px-2.5 py-1 outline-none select-none ' +
  'pointer-coarse:min-h-11 data-highlighted:bg-sunken data-highlighted:outline-2 data-highlighted:-outline-offset-2 ' +
  'data-highlighted:outline-transparent aria-disabled:text-fg-3'

interface MenuItemProps {
  onSelect: () => void
  children: ReactNode
  icon?: ReactNode
  isDanger?: boolean
  /** It stays reachable, does nothing, and says why. */
  disabledReason?: string
}

export function MenuItem({ onSelect, children, icon, isDanger, disabledReason }: MenuItemProps) {
  const isOff = disabledReason !== undefined
  return (
    <Base.Item
      closeOnClick={!isOff}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onSelect}
      className={cx(itemClass, isDanger && !isOff && 'text-down-fg')}
    >
      {icon}
      <span className="flex flex-col">
        {children} {isOff && <span className="text-12 text-fg-3">{disabledReason}</span>}
      </span>
    </Base.Item>
  )
}

interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A group of which one is chosen, such as the theme. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <Base.Group>
      <MenuLabel>{label}</MenuLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={itemClass}>
            <span className="w-4">
              <Base.RadioItemIndicator>
                <Check aria-hidden size={16} />
              </Base.RadioItemIndicator>
            </span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

/** A choice of yes or no. The menu stays open, so that it shows what it did. */
export function MenuSwitch(props: { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode }) {
  return (
    <Base.CheckboxItem checked={props.checked} onCheckedChange={props.onChange} className={itemClass}>
      <span className="w-4">
        <Base.CheckboxItemIndicator>
          <Check aria-hidden size={16} />
        </Base.CheckboxItemIndicator>
      </span>
      {props.children}
    </Base.CheckboxItem>
  )
}

/** A heading inside a `Base.Group`; `MenuChoice` has its own. */
function MenuLabel({ children }: { children: ReactNode }) {
  return <Base.GroupLabel className="px-3.5 pt-1.5 pb-1 text-12 text-fg-3">{children}</Base.GroupLabel>
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />
}
