import { CloudOff } from 'lucide-react'
import { useState } from 'react'
import { isNewerThere } from '../lib/build.ts'
import { isOnline } from '../lib/connection.ts'
import { holdsSomething } from '../lib/held.ts'
import { useStore } from '../lib/store.ts'
import { useRetryWhenBack } from '../lib/use-retry-when-back.ts'
import { Button } from './button.tsx'

interface PartMissingProps {
  retry: () => Promise<void>
  /** `page` takes the place of a page; `card` lies over the lower corner of one that stays. */
  look: 'page' | 'card'
  onClose?: () => void
}

/** A part of the console is not here: why, and what helps. It goes on by itself when the network is back. */
export function PartMissing({ retry, look, onClose }: PartMissingProps) {
  const online = useStore(isOnline)
  const isNewer = useStore(isNewerThere)
  const [isTrying, setTrying] = useState(false)
  const [isHeld, setHeld] = useState(false)
  const tryAgain = async () => {
    setTrying(true)
    await retry()
    setTrying(false)
  }
  useRetryWhenBack(() => void retry(), isNewer ? undefined : retryMs)
  const [title, words] = wordsFor(online, online && isNewer)
  return (
    <section role="alert" aria-label={title} className={boxes[look]}>
      <CloudOff aria-hidden size={look === 'page' ? 28 : 18} className="mt-0.5 shrink-0 text-fg-3" />
      <div className={look === 'page' ? 'flex flex-col items-center gap-1' : 'min-w-0 flex-1'}>
        {look === 'page' ? (
          <h1 className="text-16 font-semibold">{title}</h1>
        ) : (
          <p className="font-semibold">{title}</p>
        )}
        <p className="max-w-[52ch] text-fg-2">{isHeld ? saveFirst : words}</p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {!(online && isNewer) && (
            <Button size={sizes[look]} kind="primary" busy={isTrying} onClick={() => void tryAgain()}>
              Try again
            </Button>
          )}
          {online && (
            <ReloadButton size={sizes[look]} kind={isNewer ? 'primary' : 'secondary'} onHeld={() => setHeld(true)} />
          )}
          {onClose && (
            <Button size={sizes[look]} kind="ghost" onClick={onClose}>
              Close
            </Button>
          )}
        </div>
      </div>
    </section>
  )
}

const sizes = { page: 'normal', card: 'small' } as const

const boxes = {
  page: 'flex flex-col items-center gap-2 px-6 py-12 text-center text-14',
  card: 'appear fixed right-4 bottom-28 z-50 flex w-[min(26rem,calc(100vw-2rem))] gap-3 md:bottom-4 rounded-m border border-line bg-surface px-4 py-3 text-14 shadow-float',
} as const

function wordsFor(online: boolean, isNewer: boolean): [title: string, words: string] {
  if (!online)
    return [
      'You are offline',
      'This part of the console is not loaded yet. It goes on by itself when the network is back.',
    ]
  return isNewer
    ? ['A newer version of the console is there', 'This part belongs to the version before, and is no longer kept.']
    : ['This part of the console could not be loaded', 'The rest of it goes on working.']
}

interface ReloadButtonProps {
  size: 'normal' | 'small'
  kind: 'primary' | 'secondary' | 'ghost'
  className?: string
  /** Something would be lost by it now, and nothing is reloaded. Say `saveFirst`. */
  onHeld: () => void
}

export const saveFirst = 'First save or copy what is open on this page.'

/** Reloads, where nothing would be lost. */
export function ReloadButton({ onHeld, ...looks }: ReloadButtonProps) {
  return (
    <Button {...looks} onClick={() => (holdsSomething() ? onHeld() : location.reload())}>
      Reload
    </Button>
  )
}

/** Without a network each attempt costs nothing, and the browser may be late to notice that there is one again. */
const retryMs = 5000
