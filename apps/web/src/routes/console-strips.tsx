import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { sessionQuery } from '../data/session.ts'
import { isNewerThere } from '../lib/build.ts'
import { isOnline, type Trouble, useTrouble } from '../lib/connection.ts'
import { useStore } from '../lib/store.ts'
import { Banner } from '../ui/banner.tsx'
import { failedParts } from '../ui/lazy-part.tsx'
import { ReloadButton, saveFirst } from '../ui/part-missing.tsx'

/** What is to be known of the console itself on every page: whether it can be reached, and whether it is still this one. */
export function ConsoleStrips() {
  const trouble = useTrouble()
  const isNewer = useStore(isNewerThere)
  const [isHeld, setHeld] = useState(false)
  useAskingTheConsole(trouble)
  return (
    <>
      {trouble && (
        <Banner isStrip kind="warning" role="status" title={titles[trouble]}>
          {words[trouble]}
        </Banner>
      )}
      {isNewer && !trouble && (
        <Banner
          isStrip
          role="status"
          actions={
            <ReloadButton size="small" kind="ghost" className="text-establishing-fg!" onHeld={() => setHeld(true)} />
          }
        >
          A newer version is there. {isHeld ? saveFirst : 'Reload when you are done.'}
        </Banner>
      )}
    </>
  )
}

const titles: Record<Trouble, string> = { offline: 'You are offline', unreachable: 'The console cannot be reached' }

const words: Record<Trouble, string> = {
  offline: 'What you see may have changed. Nothing can be saved until you are back.',
  unreachable:
    'Something between this browser and the console may be in the way. What you see may have changed, and nothing can be saved.',
}

const askMs = 5000

/** The session is the question that tells most: who is there, whether anybody answers, and which build does. */
function useAskingTheConsole(trouble: Trouble | null): void {
  const { refetch } = useQuery({ ...sessionQuery(), ...(trouble && { refetchInterval: askMs }) })
  // The network and the loading of code are outside React.
  useEffect(() => {
    // One question at a time: many parts may fail at once.
    const ask = () => void refetch({ cancelRefetch: false })
    const unwatch = [isOnline.subscribe(ask), failedParts.subscribe(ask)]
    return () => {
      for (const stop of unwatch) stop()
    }
  }, [refetch])
}
