import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'

export type BannerKind = 'info' | 'warning' | 'danger'

const looks: Record<BannerKind, [box: string, icon: typeof Info]> = {
  info: ['bg-establishing-bg text-establishing-fg', Info],
  warning: ['bg-degraded-bg text-degraded-fg', TriangleAlert],
  danger: ['bg-down-bg text-down-fg', CircleAlert],
}

interface BannerProps {
  kind?: BannerKind
  title?: ReactNode
  children?: ReactNode
  /** Buttons at the end. */
  actions?: ReactNode
  /** `alert` for what appears after an action and needs another one. */
  role?: 'alert' | 'status'
  /** A strip over the whole width, without corners. */
  isStrip?: boolean
  /** Where there is little room the buttons stand below the words. */
  isWordy?: boolean
}

export function Banner({ kind = 'info', title, children, actions, role, isStrip, isWordy }: BannerProps) {
  const [box, Icon] = looks[kind]
  return (
    <div
      role={role}
      className={cx(
        'flex flex-wrap items-center gap-x-4 gap-y-2',
        box,
        isStrip ? 'px-gutter py-1.5' : 'rounded-m px-4 py-3',
      )}
    >
      <div className={cx('flex min-w-0 flex-1 gap-2.5 text-13', isWordy && 'basis-72')}>
        <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
        <div className="min-w-0">
          {title && <p className="font-medium">{title}</p>}
          {children}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
