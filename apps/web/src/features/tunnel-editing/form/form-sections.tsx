import { fieldAt } from '@tunnel-console/shared/fields'
import { type Section as SectionOfFields, sections } from '@tunnel-console/shared/sections'
import { type ReactNode, useId } from 'react'

interface SectionProps {
  section: SectionOfFields
  children: ReactNode
}

export function Section({ section: { id, title, description }, children }: SectionProps) {
  const headingId = useId()
  return (
    <section
      aria-labelledby={headingId}
      id={`section-${id}`}
      className="scroll-mt-6 border-t border-line pt-5 first:border-0 first:pt-0"
    >
      <h2 id={headingId} tabIndex={-1} className="text-16 font-semibold">
        {title}
      </h2>
      {description && <p className="mt-0.5 text-13 text-fg-3">{description}</p>}
      <div className="mt-4 grid gap-5 *:min-w-0 sm:grid-cols-2">{children}</div>
    </section>
  )
}

/** The way through a long form on wide screens. Says where something was changed or is wrong. */
export function SectionList({ changed, wrong }: { changed: readonly string[]; wrong: readonly string[] }) {
  return (
    <nav aria-label="Sections" className="sticky top-[calc(1.5rem+var(--strip-height,0px))] hidden self-start lg:block">
      <ul className="flex flex-col gap-0.5">
        {sections.map(({ id, title }) => {
          const isIn = (path: string) => fieldAt(path)?.section === id
          const errors = wrong.filter(isIn).length
          const changes = changed.filter(isIn).length
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => goToSection(id)}
                className="flex min-h-8 w-full items-center justify-between gap-2 rounded-s px-2 text-left text-13 text-fg-2 hover:bg-sunken hover:text-fg"
              >
                {title}
                {errors > 0 ? (
                  <span className="text-12 font-medium whitespace-nowrap text-down-fg">
                    {errors === 1 ? '1 problem' : `${errors} problems`}
                  </span>
                ) : (
                  changes > 0 && <span className="text-12 font-medium text-accent">{changes} changed</span>
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Shows a section from its top, and puts the focus on its heading. Where the page has none of that name, nothing happens. */
export function goToSection(id: string): void {
  const section = document.getElementById(`section-${id}`)
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
}
