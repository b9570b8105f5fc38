import { cloneElement, type ReactElement, type ReactNode, useId, useState } from 'react'

interface TooltipProps {
  content: ReactNode
  /** One element that can be focused. It gets `aria-describedby`. */
  children: ReactElement<{ 'aria-describedby'?: string }>
}

/**
 * Shows on hover and on keyboard focus; stays while the pointer is on it; Escape puts it away (WCAG 1.4.13).
 * It stands in the top layer, so a scrolling table does not cut it.
 */
export function Tooltip({ content, children }: TooltipProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const open = () => setOpen(true)
  const close = () => setOpen(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the pointer and the focus of the element inside
    <span className="relative inline-flex" onPointerEnter={open} onPointerLeave={close} onFocus={open} onBlur={close}>
      {cloneElement(children, { 'aria-describedby': isOpen ? id : undefined })}
      {isOpen && (
        <Tip id={id} onClose={close}>
          {content}
        </Tip>
      )}
    </span>
  )
}

interface TipProps {
  id: string
  onClose: () => void
  children: ReactNode
}

/** What is shown of the element before it, until the pointer leaves it, Escape or a scroll. */
export function Tip({ id, onClose, children }: TipProps) {
  return (
    <span
      id={id}
      role="tooltip"
      popover="manual"
      ref={(node) => showTip(node, onClose)}
      onPointerLeave={onClose}
      className={tipClass}
    >
      <span className="block rounded-m border border-line bg-surface px-2.5 py-1.5 text-12 text-fg shadow-float">
        {children}
      </span>
    </span>
  )
}

const tipClass = 'appear fixed m-0 max-w-80 border-0 bg-transparent p-0 py-1.5 font-sans whitespace-normal'

function showTip(node: HTMLElement | null, close: () => void) {
  if (!node) return
  node.showPopover()
  place(node)
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  }
  document.addEventListener('keydown', onKey, true)
  document.addEventListener('scroll', close, true)
  return () => {
    document.removeEventListener('keydown', onKey, true)
    document.removeEventListener('scroll', close, true)
  }
}

/** Above its element, or below it where there is no room. */
function place(tip: HTMLElement): void {
  const anchor = tip.previousElementSibling?.getBoundingClientRect()
  if (!anchor) return
  const { width, height } = tip.getBoundingClientRect()
  const left = Math.min(Math.max(8, anchor.left + anchor.width / 2 - width / 2), innerWidth - width - 8)
  tip.style.left = `${left}px`
  tip.style.top = `${anchor.top - height >= 4 ? anchor.top - height : anchor.bottom}px`
  tip.style.right = 'auto'
  tip.style.bottom = 'auto'
}
