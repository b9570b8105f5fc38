import { type ReactNode, useId } from 'react'

export const sections = [
  { id: 'identity', title: 'Identity', paths: ['name', 'description'] },
  { id: 'endpoints', title: 'Endpoints', paths: ['cloudflare_endpoint', 'customer_endpoint'] },
  { id: 'inside', title: 'Inside addresses', paths: ['interface_address', 'interface_address6'] },
  { id: 'health', title: 'Health check', paths: ['health_check'] },
  { id: 'bgp', title: 'BGP', paths: ['bgp'] },
  { id: 'protection', title: 'Protection', paths: ['replay_protection', 'automatic_return_routing'] },
  { id: 'ike', title: 'IKE identity', paths: ['custom_remote_identities'] },
] as const

export type SectionId = (typeof sections)[number]['id']

interface SectionProps {
  id: SectionId
  description?: ReactNode
  children: ReactNode
}

export function Section({ id, description, children }: SectionProps) {
  const title = sections.find((section) => section.id === id)?.title
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
      <div className="mt-4 flex flex-col gap-5">{children}</div>
    </section>
  )
}

/** The way through a long form on wide screens. Says where something was changed or is wrong. */
export function SectionList({ changed, wrong }: { changed: readonly string[]; wrong: readonly string[] }) {
  return (
    <nav aria-label="Sections" className="sticky top-6 hidden self-start lg:block">
      <ul className="flex flex-col gap-0.5">
        {sections.map(({ id, title, paths }) => {
          const isIn = (path: string) => paths.some((own) => path === own || path.startsWith(`${own}.`))
          const errors = wrong.filter(isIn).length
          const changes = changed.filter(isIn).length
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => goTo(id)}
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

function goTo(id: SectionId): void {
  const section = document.getElementById(`section-${id}`)
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
}
