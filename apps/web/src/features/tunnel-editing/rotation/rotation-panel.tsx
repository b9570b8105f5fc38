import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMates } from '../../../data/mates.ts'
import { statusQuery } from '../../../data/status.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { toast } from '../../../ui/toast.ts'
import { DeviceCommands } from './device-commands.tsx'
import { type DeviceStep, deviceSteps, dropNote, type KeyNote, tickStep } from './key-notes.ts'
import { isThrough, type RotationStep, rotationSteps } from './rotation-steps.ts'

interface RotationPanelProps {
  tunnel: { id: string; name: string }
  note: KeyNote
  /** Opens the dialog that makes the key. */
  onGenerate: () => void
}

/** The checklist of a rotation, on the tunnel's page for as long as it is not put away. It never knows the key. */
export function RotationPanel({ tunnel, note, onGenerate }: RotationPanelProps) {
  const { mates } = useMates(tunnel)
  const { data } = useQuery(statusQuery())
  const steps = rotationSteps({ note, mates, status: data?.body.statuses[tunnel.id] })
  const isDone = isThrough(steps)
  const finish = () => {
    dropNote(tunnel.id)
    toast(isDone ? `The key of ${tunnel.name} is rotated` : 'The checklist was put away')
  }
  return (
    <section aria-labelledby="key-rotation" className="mb-5 rounded-m border border-line bg-surface px-4 py-3">
      <div className="mb-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id="key-rotation" className="text-16 font-semibold">
          Key rotation
        </h2>
        <Button size="small" kind={isDone ? 'primary' : 'ghost'} onClick={finish}>
          {isDone ? 'Finish' : 'Put the checklist away'}
        </Button>
      </div>
      <ol aria-label="Steps of the rotation">
        {steps.map((step) => (
          <Step key={step.name} step={step} note={note}>
            {step.name === 'generate' && !note.madeAt && (
              <Button size="small" className="mt-1" onClick={onGenerate}>
                Make the new key
              </Button>
            )}
            {step.name === 'reestablished' && step.state !== 'done' && <DeviceCommands />}
          </Step>
        ))}
      </ol>
    </section>
  )
}

const isByHand = (name: RotationStep['name']): name is DeviceStep => (deviceSteps as readonly string[]).includes(name)

function Step({ step, note, children }: { step: RotationStep; note: KeyNote; children: ReactNode }) {
  const { name, title, state, detail } = step
  const at = isByHand(name) ? note.ticks[name] : name === 'generate' ? note.madeAt : null
  return (
    <li className="flex gap-2.5 border-t border-line py-2 first:border-t-0">
      {!isByHand(name) && <StepIcon state={state} />}
      <div className="min-w-0 flex-1">
        {isByHand(name) ? (
          <Checkbox
            label={title}
            checked={state === 'done'}
            disabled={name !== 'access' && note.madeAt === null}
            onChange={() => tickStep(note.tunnelId, name, state !== 'done')}
          />
        ) : (
          <p className="min-h-6 text-14">
            {title}
            <span className="sr-only">: {words[state]}</span>
          </p>
        )}
        {(detail || at) && (
          <p className={`text-13 text-fg-3 ${isByHand(name) ? 'pl-6.5' : ''}`}>
            {at && (
              <>
                <TimeAgo at={at} />
                {detail && '. '}
              </>
            )}
            {detail}
          </p>
        )}
        <div className={isByHand(name) ? 'pl-6.5' : undefined}>{children}</div>
      </div>
    </li>
  )
}

const words: Record<RotationStep['state'], string> = {
  done: 'done',
  todo: 'to do',
  waiting: 'waiting',
  warning: 'look out',
}

function StepIcon({ state }: { state: RotationStep['state'] }) {
  return (
    <span className="mt-1 shrink-0">
      {state === 'done' && <CircleCheck aria-hidden size={16} className="text-up-fg" />}
      {state === 'warning' && <TriangleAlert aria-hidden size={16} className="text-degraded-fg" />}
      {state === 'waiting' && <Spinner />}
      {state === 'todo' && <CircleDashed aria-hidden size={16} className="text-fg-3" />}
    </span>
  )
}
