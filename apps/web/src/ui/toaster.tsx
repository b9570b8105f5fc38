import { CircleCheck, X } from 'lucide-react'
import { useStore } from '../lib/store.ts'
import { IconButton } from './button.tsx'
import { removeToast, toasts } from './toast.ts'

/** What was just done, in the corner of the page. */
export function Toaster() {
  const all = useStore(toasts)
  if (all.length === 0) return null
  return (
    <section
      aria-label="Messages"
      className="pointer-events-none fixed right-4 bottom-4 z-60 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2"
    >
      {all.map(({ id, text }) => (
        <div
          key={id}
          className="appear pointer-events-auto flex items-center gap-2.5 rounded-m border border-line bg-surface py-1.5 pr-1.5 pl-3.5 text-14 shadow-float"
        >
          <CircleCheck aria-hidden size={16} className="shrink-0 text-up-fg" />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text}</span>
          <IconButton label="Dismiss" size="small" icon={<X aria-hidden size={14} />} onClick={() => removeToast(id)} />
        </div>
      ))}
    </section>
  )
}
