import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { Guarded } from './guarded.tsx'

interface TabsProps<T extends string> {
  /** The name of the tab list. */
  label: string
  value: T
  onChange: (value: T) => void
  tabs: readonly { value: T; label: string; content: ReactNode }[]
}

/** Focus stays on the tab when it is chosen. Only the chosen panel is in the page. */
export function Tabs<T extends string>({ label, value, onChange, tabs }: TabsProps<T>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Base.List
        aria-label={label}
        activateOnFocus
        className="flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="focus-inset -mb-px min-h-10 shrink-0 rounded-t-s border-b-2 border-transparent px-3 text-14 font-medium text-fg-2 hover:text-fg data-active:border-accent data-active:text-fg pointer-coarse:min-h-11"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-5">
          <Guarded name={tab.label}>{tab.content}</Guarded>
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
