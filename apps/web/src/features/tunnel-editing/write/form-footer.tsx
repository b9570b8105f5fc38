import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCannotSend } from '../../../lib/connection.ts'
import { cx } from '../../../lib/cx.ts'
import { type Need, needText } from '../../../lib/need.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { NeedsRole } from '../../../ui/needs-role.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import type { FooterLook } from './footer.ts'

/** Leaves room for the strip below where it stays, also where focus scrolls to (WCAG 2.4.11). */
export const formClass = '[&_:focus]:scroll-mt-6 tall:pb-28 tall:[&_:focus]:scroll-mb-32'

interface FooterStripProps {
  status: ReactNode
  /** What must be seen wherever one has scrolled: above the rest of the strip, over the page. */
  notice?: ReactNode
  /** How wide the page above is, whose edges it keeps to: sections with their list beside them, one column, or a table. */
  under?: 'sections' | 'column' | 'table'
  children: ReactNode
}

/** The strip that stays at the lower edge, where that leaves room for the form (at 400 % zoom it does not): how things stand at the left, what can be done at the right. */
export function FooterStrip({ status, notice, under = 'sections', children }: FooterStripProps) {
  return (
    <div className="z-10 mt-6 border-t border-line bg-surface tall:fixed tall:inset-x-0 tall:bottom-0 tall:mt-0">
      <div className="mx-auto max-w-[90rem] py-3 tall:px-4 md:tall:px-gutter">
        {notice && <div className="max-w-[56rem] not-empty:mb-2">{notice}</div>}
        <div className={cx('flex flex-wrap items-center justify-between gap-x-6 gap-y-2', widths[under])}>
          <div role="status" className="min-w-0 text-13">
            {status}
          </div>
          <div className="ml-auto flex flex-wrap items-start justify-end gap-x-2 gap-y-1 text-right">{children}</div>
        </div>
      </div>
    </div>
  )
}

const widths = { sections: 'max-w-[56rem]', column: 'max-w-form', table: undefined } as const

function StatusText({ tone, busy, children }: { tone: FooterLook['tone']; busy?: boolean; children: ReactNode }) {
  return (
    <span
      className={cx(
        'flex items-center gap-2',
        tone === 'good' ? 'font-medium text-up-fg' : tone === 'bad' ? 'font-medium text-down-fg' : 'text-fg-2',
      )}
    >
      {busy && <Spinner />}
      {!busy && tone === 'good' && <CircleCheck aria-hidden size={16} className="shrink-0" />}
      {!busy && tone === 'bad' && <CircleAlert aria-hidden size={16} className="shrink-0" />}
      <span>{children}</span>
    </span>
  )
}

interface FormFooterProps {
  look: FooterLook
  isPristine: boolean
  /** The role does not allow it any more. */
  need: Need | null
  notice?: ReactNode
  /** What was typed, as text. */
  typed: () => string
  onCancel: () => void
  onValidate: () => void
  onPrimary: () => void
}

export function FormFooter(props: FormFooterProps) {
  const { look, isPristine, need, notice, typed, onCancel, onValidate, onPrimary } = props
  const cannot = useCannotSend()
  const closed = need ? needText(need) : cannot
  return (
    <FooterStrip status={<FooterStatus look={look} need={need} />} notice={notice}>
      <Button kind="ghost" onClick={onCancel}>
        Cancel
      </Button>
      {need && !isPristine && <CopyTyped typed={typed} />}
      <Button
        disabledReason={
          need ? closed : look.busy ? 'Wait for the answer' : isPristine ? 'Change a field first' : closed
        }
        reasonPlace="described"
        onClick={onValidate}
      >
        Validate
      </Button>
      <Button
        kind="primary"
        busy={look.busy}
        disabledReason={look.busy ? undefined : need ? closed : (look.reason ?? closed)}
        reasonPlace={need ? 'described' : 'below'}
        onClick={onPrimary}
      >
        {look.primary}
      </Button>
    </FooterStrip>
  )
}

/** How things stand; or, once the role has ended, what it would need and whom to ask (H10). */
export function FooterStatus({ look, need }: { look: Pick<FooterLook, 'tone' | 'busy' | 'text'>; need: Need | null }) {
  if (need && !look.busy) return <NeedsRole need={need} />
  return (
    <StatusText tone={look.tone} busy={look.busy}>
      {look.text}
    </StatusText>
  )
}

/** The way out for what was typed by somebody who may not send it any more. */
export function CopyTyped({ typed }: { typed: () => string }) {
  return <CopyButton isWide size="normal" label="Copy my changes" value={typed} />
}
