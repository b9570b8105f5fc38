import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { useFocusHeading } from '../lib/use-focus-heading.ts'
import { Logo } from '../ui/logo.tsx'

/** A page for people who are not signed in: one card. */
export function CardPage({
  title,
  isWide = false,
  children,
}: {
  title: string
  isWide?: boolean
  children: ReactNode
}) {
  const heading = useFocusHeading(title)
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[min(16vh,9rem)] pb-12">
      <div className="mb-5 flex items-center gap-2.5 text-16 font-semibold">
        <Logo size={26} />
        Tunnel Console
      </div>
      <div
        className={cx('w-full rounded-l border border-line bg-surface px-6 py-6', isWide ? 'max-w-140' : 'max-w-96')}
      >
        <h1 ref={heading} tabIndex={-1} className="mb-4 text-20 font-semibold">
          {title}
        </h1>
        {children}
      </div>
      <p className="mt-4 text-12 text-fg-3">IPsec tunnels of Cloudflare Magic WAN and Magic Transit</p>
    </main>
  )
}
