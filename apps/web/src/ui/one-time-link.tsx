import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useHeld } from '../lib/held.ts'
import { signedOut } from '../lib/signed-out.ts'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { CopyButton } from './copy-button.tsx'
import { Dialog } from './dialog.tsx'

const byHand = 'The console sends no mail: hand the link over yourself, by a way that only this person reads.'

interface LinkDialogProps {
  title: string
  link: { url: string }
  /** What it is, where it is no link. */
  noun?: 'link' | 'secret'
  /** How to get another one. */
  again?: string
  description?: string
  /** What the person does with it. */
  children: ReactNode
  /** Where the focus goes afterwards. */
  opener: RefObject<HTMLElement | null>
  onClose: () => void
}

/**
 * Shows a one-time link, once. It is in this component's memory and nowhere else. Closing or leaving before it was copied
 * asks; the end of the session takes it away, like a key (S21).
 */
export function LinkDialog({
  title,
  link,
  noun = 'link',
  again = 'You can make a new one, which takes its place.',
  description = byHand,
  children,
  opener,
  onClose,
}: LinkDialogProps) {
  const [isCopied, setCopied] = useState(false)
  const [isClosing, setClosing] = useState(false)
  const [isHidden, setHidden] = useState(false)
  useHideAtTheEnd(() => setHidden(true))
  const isHolding = !isCopied && !isHidden
  useHeld(() => isHolding)
  const blocker = useBlocker({
    shouldBlockFn: () => isHolding,
    enableBeforeUnload: () => isHolding,
    withResolver: true,
  })
  const isLeaving = blocker.status === 'blocked'
  return (
    <>
      <Dialog
        open
        onOpenChange={() => (isHolding ? setClosing(true) : onClose())}
        finalFocus={opener}
        title={title}
        description={description}
        footer={
          <Button kind="primary" onClick={() => (isHolding ? setClosing(true) : onClose())}>
            Done
          </Button>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          {isHidden ? (
            <Banner kind="warning">The {noun} is hidden, since the session has ended. Make a new one.</Banner>
          ) : (
            <Link url={link.url} noun={noun} onCopied={() => setCopied(true)} />
          )}
          {children}
        </div>
      </Dialog>
      <ConfirmDialog
        open={isClosing || isLeaving}
        onOpenChange={(open) => {
          if (open) return
          setClosing(false)
          if (isLeaving) blocker.reset()
        }}
        title={`Close without copying the ${noun}?`}
        description={`It cannot be shown again. ${again}`}
        cancelLabel="Keep it open"
        confirmLabel="Close"
        isDanger
        onConfirm={() => (isLeaving ? blocker.proceed() : onClose())}
      />
    </>
  )
}

function Link({ url, noun, onCopied }: { url: string; noun: string; onCopied: () => void }) {
  return (
    <section aria-label={`One-time ${noun}`} className="rounded-m border border-line bg-canvas p-3">
      <p onCopy={onCopied} translate="no" className="mono leading-6 break-all select-all">
        {url}
      </p>
      <div className="mt-3">
        <CopyButton isWide label={`Copy ${noun}`} value={() => url} onCopied={onCopied} />
      </div>
    </section>
  )
}

/** When the session ends, and before the page may rest in the back/forward cache (S20). */
function useHideAtTheEnd(hide: () => void): void {
  // The session and the tab are outside React.
  useEffect(() => {
    const leave = () => flushSync(hide)
    const unwatch = signedOut.subscribe(() => signedOut.get() && hide())
    addEventListener('pagehide', leave)
    return () => {
      unwatch()
      removeEventListener('pagehide', leave)
    }
  })
}
