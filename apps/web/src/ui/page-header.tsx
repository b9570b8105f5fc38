import type { ReactNode } from 'react'
import { useFocusHeading } from '../lib/use-focus-heading.ts'

interface PageHeaderProps {
  /** The `h1`, and the page's title in the tab. */
  title: string
  /** Links to the pages above, such as `<TextLink to="/tunnels">Tunnels</TextLink>`. */
  breadcrumb?: ReactNode
  /** Beside the title: a badge, a count. */
  aside?: ReactNode
  /** A muted line below. */
  description?: ReactNode
  actions?: ReactNode
}

/** The top of every page: sets the tab's title and takes focus when the page changes. */
export function PageHeader({ title, breadcrumb, aside, description, actions }: PageHeaderProps) {
  const heading = useFocusHeading(title)
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {breadcrumb && (
          <nav aria-label="Breadcrumb" className="mb-1 text-13 text-fg-3">
            {breadcrumb}
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 ref={heading} tabIndex={-1} className="text-20 font-semibold [overflow-wrap:anywhere]">
            {title}
          </h1>
          {aside}
        </div>
        {description && <div className="mt-1 text-14 text-fg-2">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
