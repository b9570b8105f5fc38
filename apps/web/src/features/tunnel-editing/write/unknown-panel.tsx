import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { announce } from '../../../ui/announcer.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { focusOnMount } from '../focus-on-mount.ts'

export type Look = 'saved' | 'not-saved' | 'changed' | Problem

interface UnknownPanelProps {
  problem: Problem
  /** What may have happened: "saved", "created". */
  what?: string
  /** Reads what is there and compares. */
  onCheck: () => Promise<Look>
  /** It is certain that nothing was saved: the person may try again. */
  onNotSaved: () => void
}

/** After a lost answer. Nothing is sent again before it is known what the first one did (assurance.md B2). */
export function UnknownPanel({ problem, what = 'saved', onCheck, onNotSaved }: UnknownPanelProps) {
  const [finding, setFinding] = useState<Look | 'looking' | null>(null)

  const look = async () => {
    setFinding('looking')
    const found = await onCheck()
    setFinding(found)
    if (found === 'not-saved') announce(`It was not ${what}; you can try again`)
  }
  return (
    <section ref={focusOnMount} tabIndex={-1} aria-label="Unknown outcome" className="flex flex-col gap-3">
      {finding === 'not-saved' ? (
        <Banner
          title={`It was not ${what}; you can try again`}
          actions={
            <Button size="small" kind="primary" onClick={onNotSaved}>
              Continue
            </Button>
          }
        >
          Everything is as it was before.
        </Banner>
      ) : (
        <>
          <ErrorPanel problem={{ ...problem, title: `We do not know whether this was ${what}` }} isAlert />
          {typeof finding === 'object' && finding !== null && (
            <p className="text-14 text-fg-2">It could not be checked either: {finding.detail ?? finding.title}</p>
          )}
          <div>
            <Button kind="primary" busy={finding === 'looking'} onClick={() => void look()}>
              Check now
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
