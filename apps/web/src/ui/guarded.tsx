import { ProblemError } from '@tunnel-console/shared/problem'
import type { ComponentType, ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'
import { Guard } from './guard.tsx'

interface GuardedProps {
  /** What it is called on the page. */
  name: string
  /** What it shows: with another it is tried again. */
  of?: unknown
  /** Another way on for when it cannot be shown. */
  instead?: ReactNode
  children: ReactNode
}

/** A part of a page. An error that comes up while it is drawn takes its place alone, and says so (H11). */
export function Guarded({ name, of, instead, children }: GuardedProps) {
  return (
    <Guard of={of}>
      {(retry) =>
        retry ? (
          <ErrorPanel problem={faultIn(name)} onRetry={retry}>
            {instead}
          </ErrorPanel>
        ) : (
          children
        )
      }
    </Guard>
  )
}

const faultIn = (name: string) => ({
  ...ProblemError.of('internal').problem,
  title: `“${name}” cannot be shown`,
  detail:
    'This is a fault of the console, and says nothing of your network. The rest of the page goes on working. If it stays, tell whoever runs the console.',
})

/** The same component, guarded. It is tried again whenever it is given something else. */
export const guarded =
  <Props extends object>(name: string, Part: ComponentType<Props>): ComponentType<Props> =>
  (props) => (
    <Guarded name={name} of={props}>
      <Part {...props} />
    </Guarded>
  )
