import type { ReactNode } from 'react'
import { EmptyState } from '../ui/empty-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'

/** A page for many that was opened without any. `children` says how they are chosen. */
export function NoneChosen({ children }: { children: ReactNode }) {
  return (
    <EmptyState
      title="No tunnels are chosen"
      actions={
        <LinkButton to="/tunnels" kind="primary">
          Choose tunnels
        </LinkButton>
      }
    >
      {children}
    </EmptyState>
  )
}
