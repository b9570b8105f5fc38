import type { HandoffLink } from '../../../data/handoffs.ts'
import { exactTime } from '../../../lib/exact-times.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { focusOnMount } from '../focus-on-mount.ts'

/** The link, once. It holds what opens the key, so it is text in the page and no attribute of it. */
export function HandoffLinkShown({ link: { url, handoff }, onCopied }: { link: HandoffLink; onCopied: () => void }) {
  useStore(timesInUtc)
  return (
    <section
      ref={focusOnMount}
      tabIndex={-1}
      aria-label="Hand-off link"
      className="rounded-m border border-line bg-canvas p-3 outline-none"
    >
      <p onCopy={onCopied} translate="no" className="mono text-13 leading-6 break-all select-all">
        {url}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <CopyButton isWide label="Copy link" value={() => url} onCopied={onCopied} />
        <p className="text-13 text-fg-2">
          It can be opened once, until <span className="nums">{exactTime(new Date(handoff.expiresAt))}</span>. It is not
          shown again; it can be revoked on the page of your account.
        </p>
      </div>
    </section>
  )
}
