import { fateOf } from '@tunnel-console/shared/fate'
import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { takeHandoff } from '../../../data/handoffs.ts'
import { type HandoffContent, isHandoffKey } from '../../../lib/handoff-seal.ts'
import { useTask } from '../../../lib/use-task.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { HiddenSoon } from '../psk/psk-steps.tsx'
import { SecretKey } from '../psk/secret-key.tsx'
import { useHideForSafety } from '../psk/use-hide-for-safety.ts'
import { useStopLeaving } from '../psk/use-stop-leaving.ts'

interface OpenHandoffProps {
  handoffId: string
  /** From the fragment of the link; `null` where it was lost on the way. */
  linkKey: string | null
}

/**
 * Shows what was left, once, after one press: the page itself asks for nothing, so that a preview of the link uses nothing
 * up. The key is in this component's memory and nowhere else (S19).
 */
export function OpenHandoff({ handoffId, linkKey }: OpenHandoffProps) {
  const task = useTask()
  const [content, setContent] = useState<HandoffContent | null>(null)
  const [isHidden, setHidden] = useState(false)
  const { warns, extend } = useHideForSafety(content !== null, () => {
    setContent(null)
    setHidden(true)
  })
  useStopLeaving(false, content !== null)
  if (isHidden) return <Callout tone="degraded">Hidden for safety. The link is used up: ask for another one.</Callout>
  if (content) return <Opened content={content} warns={warns} onExtend={extend} />
  if (linkKey === null || !isHandoffKey(linkKey)) return <LinkIsCut isEmpty={linkKey === null} />
  if (task.problem && isOver(task.problem)) return <HandoffIsGone problem={task.problem} />
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-fg-2">
        Somebody has left you the pre-shared key of an IPsec tunnel. It can be shown once. Have the device, or the place
        where you keep secrets, ready first.
      </p>
      {task.problem && (
        <ErrorPanel problem={task.problem} isAlert>
          {fateOf(task.problem) === 'unknown' && (
            <p className="mt-1 text-fg-2">The link may be used up all the same. Try it once more to see.</p>
          )}
        </ErrorPanel>
      )}
      <Button
        kind="primary"
        busy={task.isBusy}
        onClick={() => void task.run(() => takeHandoff(handoffId, linkKey), setContent)}
      >
        Show the key
      </Button>
    </div>
  )
}

function Opened({ content, warns, onExtend }: { content: HandoffContent; warns: boolean; onExtend: () => void }) {
  return (
    <div ref={focusOnMount} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      <Callout tone="degraded">
        <strong className="font-medium text-fg">The link is used up.</strong> This page is the only place that has the
        key now: copy it before you close or reload the page.
      </Callout>
      {warns && <HiddenSoon what="The key is" onExtend={onExtend} />}
      <SecretKey psk={content.psk} onCopied={onExtend} />
      {content.facts.length > 0 && (
        <section aria-label="For the device">
          <h2 className="mb-2 text-14 font-medium">For the device</h2>
          <DefinitionList
            items={content.facts.map(({ label, value }) => ({
              label,
              value: <span className="mono [overflow-wrap:anywhere]">{value}</span>,
              copy: value,
            }))}
          />
        </section>
      )}
    </div>
  )
}

/** What these say of a link is the same: it opens nothing, now or later. */
const isOver = ({ code }: Problem) =>
  code === 'gone' || code === 'not-found' || code === 'invalid' || code === 'bad-request'

function HandoffIsGone({ problem }: { problem: Problem }) {
  return (
    <div role="alert">
      <Callout tone="degraded" title="There is nothing behind this link any more">
        {problem.detail ??
          'It was opened already, was revoked, or its time is over. Ask whoever sent it for another one. If it was not you who opened it, say so: the key must be changed then.'}
      </Callout>
    </div>
  )
}

function LinkIsCut({ isEmpty }: { isEmpty: boolean }) {
  return (
    <Callout tone="degraded" title={isEmpty ? 'The end of the link is missing' : 'The link is not whole'}>
      Open the whole link that you were given, all the way to its last character. Nothing has been used up. After
      reloading this page it must be opened again, since the address does not keep its end.
    </Callout>
  )
}
