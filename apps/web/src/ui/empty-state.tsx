import type { ReactNode } from 'react'

interface EmptyStateProps {
  title: string
  children?: ReactNode
  actions?: ReactNode
  icon?: ReactNode
}

export function EmptyState({ title, children, actions, icon }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && <span className="mb-1 text-fg-3">{icon}</span>}
      <h2 className="text-16 font-semibold">{title}</h2>
      {children && <div className="max-w-[52ch] text-14 text-fg-2">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
