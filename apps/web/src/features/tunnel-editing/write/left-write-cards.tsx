import { useNavigate } from '@tanstack/react-router'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { isSettled } from '../../../data/outcome.ts'
import { useStore } from '../../../lib/store.ts'
import { Button } from '../../../ui/button.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { dropLeftWrite, type LeftWrite, leftWrites, settleAsNotApplied } from './left-writes.ts'
import { useOutcome } from './use-outcome.ts'
import { whyNot } from './why-not.ts'

/** Tells on every page what becomes of writes whose own page was left. */
export function LeftWriteCards() {
  const all = useStore(leftWrites)
  useWarnOfUnload(all.some(({ standing }) => standing.kind !== 'applied'))
  if (all.length === 0) return null
  return (
    <section
      aria-label="Changes you left"
      className="pointer-events-none fixed right-4 bottom-28 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 md:bottom-4"
    >
      {all.map((write) => (
        <LeftWriteCard key={write.id} write={write} />
      ))}
    </section>
  )
}

function LeftWriteCard({ write }: { write: LeftWrite }) {
  const { name, done, standing, form } = write
  const navigate = useNavigate()
  const drop = () => dropLeftWrite(write.id)
  const close = (
    <Button size="small" kind="ghost" onClick={drop}>
      Close
    </Button>
  )
  switch (standing.kind) {
    case 'running':
      return <Card icon={<Spinner />} title={`${working[done]} ${name}…`} />
    case 'unknown':
      return <UnknownCard write={write} outcomeKey={standing.key} />
    case 'applied': {
      const { page } = standing
      const open = () => {
        drop()
        void navigate({ href: page ?? '/tunnels' })
      }
      return (
        <Card
          icon={<CircleCheck aria-hidden size={16} className="text-up-fg" />}
          title={`${name} was ${done}`}
          actions={
            <>
              {page && (
                <Button size="small" onClick={open}>
                  Open {name}
                </Button>
              )}
              {close}
            </>
          }
        />
      )
    }
    case 'not-applied': {
      const back = () => {
        form?.keep()
        drop()
        void navigate({ href: form?.path ?? '/tunnels' })
      }
      return (
        <Card
          role="alert"
          icon={<CircleAlert aria-hidden size={16} className="text-down-fg" />}
          title={`${name} was not ${done}`}
          actions={
            <>
              {form && (
                <Button size="small" kind="primary" onClick={back}>
                  Back to the form
                </Button>
              )}
              {close}
            </>
          }
        >
          {standing.problem.detail ?? `${standing.problem.title}.`}
          {form && ' What you typed is kept.'}
        </Card>
      )
    }
  }
}

const working = { saved: 'Saving', created: 'Creating', deleted: 'Deleting' } as const

function UnknownCard({ write, outcomeKey }: { write: LeftWrite; outcomeKey: string }) {
  const { name, done } = write
  const { answer, isAsking, ask } = useOutcome(outcomeKey)
  // The outcome comes from a poll, outside what the person does.
  useEffect(() => {
    if (!answer || !isSettled(answer)) return
    if (answer.outcome === 'applied') write.applied(answer)
    else settleAsNotApplied(write.id, whyNot(answer))
  }, [answer, write])
  return (
    <Card
      role="alert"
      icon={<CircleAlert aria-hidden size={16} className="text-down-fg" />}
      title={`We do not know yet whether ${name} was ${done}`}
      actions={
        <Button size="small" busy={isAsking && !answer} onClick={() => void ask()}>
          Check now
        </Button>
      }
    >
      It stays watched, and this turns by itself when it is known. What you typed is kept until then.
    </Card>
  )
}

interface CardProps {
  role?: 'alert'
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
}

function Card({ role, icon, title, children, actions }: CardProps) {
  return (
    <div
      role={role}
      className="appear pointer-events-auto flex gap-2.5 rounded-m border border-line bg-surface px-4 py-3 text-14 shadow-float"
    >
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
        {children && <p className="mt-1 text-13 text-fg-2">{children}</p>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}

function useWarnOfUnload(isOpen: boolean): void {
  // The closing of a tab is outside React.
  useEffect(() => {
    if (!isOpen) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isOpen])
}
