import { ProblemError } from '@tunnel-console/shared/problem'
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react'
import { ErrorPanel } from './error-panel.tsx'
import { Guard } from './guard.tsx'

interface GuardedProps {
  /** What it is called on the page. */
  name: string
  /** More of what stands in its place. */
  instead?: ReactNode
  children: ReactNode
}

/**
 * A part of a page. An error that comes up while it is drawn takes its place alone, says so, and is tried again on a press or by
 * itself after a while (H11).
 */
export function Guarded({ name, instead, children }: GuardedProps) {
  const [presses, setPresses] = useState(0)
  return (
    <>
      {/* Where the focus goes on from: what was pressed is gone. Out of the flow, so that it takes no gap. */}
      {presses > 0 && (
        <span key={presses} ref={focusOnMount} tabIndex={-1} className="sr-only">
          “{name}” was tried again
        </span>
      )}
      <Guard>
        {(retry) =>
          retry ? (
            <Fault name={name} instead={instead} retry={retry} onPress={() => setPresses((count) => count + 1)} />
          ) : (
            children
          )
        }
      </Guard>
    </>
  )
}

interface FaultProps {
  name: string
  instead: ReactNode
  retry: () => void
  onPress: () => void
}

const retryMs = 15_000

function Fault({ name, instead, retry, onPress }: FaultProps) {
  const box = useRef<HTMLDivElement>(null)
  // The clock is outside React. Nothing goes away under the focus.
  useEffect(() => {
    const timer = setInterval(() => !box.current?.contains(document.activeElement) && retry(), retryMs)
    return () => clearInterval(timer)
  }, [retry])
  const press = () => {
    onPress()
    retry()
  }
  return (
    <div ref={box}>
      <ErrorPanel problem={faultIn(name)} onRetry={press}>
        {instead}
      </ErrorPanel>
    </div>
  )
}

const focusOnMount = (element: HTMLElement | null) => element?.focus()

const faultIn = (name: string) => ({
  ...ProblemError.of('internal').problem,
  title: `“${name}” cannot be shown`,
  detail:
    'This is a fault of the console, and says nothing of your network. The rest of the page goes on working. If it stays, tell whoever runs the console.',
})

/** The same component, guarded. */
export const guarded =
  <Props extends object>(name: string, Part: ComponentType<Props>): ComponentType<Props> =>
  (props) => (
    <Guarded name={name}>
      <Part {...props} />
    </Guarded>
  )
