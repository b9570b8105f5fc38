import { type ComponentType, useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Guarded } from '../../../ui/guarded.tsx'
import { LinkButton } from '../../../ui/link-button.tsx'
import { keyComplaint } from '../psk/key-words.ts'
import { FooterStrip } from '../write/form-footer.tsx'
import { CreateFooter } from './create-footer.tsx'
import { type CreationStep, type CreationView, creationSteps, numberOfStep, stepBeside } from './creation-steps.ts'
import { EndsDrawing } from './ends-drawing.tsx'
import { BasicsStep } from './step-basics.tsx'
import { EndpointsStep } from './step-endpoints.tsx'
import { HealthStep } from './step-health.tsx'
import { InsideStep } from './step-inside.tsx'
import { KeyChoiceStep } from './step-key.tsx'
import type { StepProps } from './step-part.ts'
import { StepRail } from './step-rail.tsx'
import { ReviewStep } from './step-review.tsx'
import { useSteps } from './use-steps.ts'

const parts: Record<CreationStep, ComponentType<StepProps>> = {
  basics: BasicsStep,
  endpoints: EndpointsStep,
  inside: InsideStep,
  health: HealthStep,
  key: KeyChoiceStep,
  review: ReviewStep,
}

interface GuidedCreationProps extends Pick<StepProps, 'creation' | 'neighbours'> {
  step: CreationStep
  onView: (view: CreationView) => void
  onCancel: () => void
}

/** One step of a new tunnel, with the way to the others. */
export function GuidedCreation({ creation, neighbours, step, onView, onCancel }: GuidedCreationProps) {
  const { creating } = creation
  const steps = useSteps(creation, step, onView)
  const Step = parts[step]
  const heading = useStepFocus(step, steps.takeWanted)
  const title = creationSteps[numberOfStep(step) - 1]?.title
  return (
    <form
      aria-label="Create tunnel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (step !== 'review') void steps.next()
      }}
      {...creating.kit.listeners}
    >
      <div className="grid gap-x-12 lg:grid-cols-[13rem_minmax(0,var(--form-width))]">
        <StepRail creation={creation} step={step} />
        <div className="flex max-w-form min-w-0 flex-col gap-6">
          <div>
            <p className="text-13 text-fg-3 lg:sr-only">
              Step {numberOfStep(step)} of {creationSteps.length}
            </p>
            <h2 ref={heading} tabIndex={-1} className="text-16 font-semibold">
              {title}
            </h2>
          </div>
          {/* What was sent stays as it was, until it is known what became of it. */}
          <div inert={creating.phase === 'unknown'} className="flex min-w-0 flex-col gap-5">
            <Step creation={creation} neighbours={neighbours} onFix={steps.fix} />
          </div>
          <Guarded name="Both ends">
            <EndsDrawing
              draft={creating.kit.draft}
              isMobile={creation.facts.isMobile}
              keyPlan={creation.facts.keyPlan}
            />
          </Guarded>
        </div>
      </div>
      <StepFooter creation={creation} step={step} onView={onView} onCancel={onCancel} />
    </form>
  )
}

/** Focus goes to the heading of each further step, or to the field that somebody asked for. */
function useStepFocus(step: CreationStep, takeWanted: () => boolean) {
  const heading = useRef<HTMLHeadingElement>(null)
  const last = useRef(step)
  // The focus is outside React.
  useEffect(() => {
    if (last.current === step) return
    last.current = step
    if (!takeWanted()) heading.current?.focus()
  })
  return heading
}

interface StepFooterProps extends Pick<GuidedCreationProps, 'creation' | 'step' | 'onView' | 'onCancel'> {}

function StepFooter({ creation, step, onView, onCancel }: StepFooterProps) {
  const before = stepBeside(step, -1)
  const ways = (
    <>
      <Button kind="ghost" onClick={onCancel}>
        Cancel
      </Button>
      <LinkButton kind="ghost" to="/tunnels/new/$step" params={{ step: 'all' }} search={true}>
        All fields
      </LinkButton>
      {before && <Button onClick={() => onView(before)}>Back</Button>}
    </>
  )
  if (step === 'review') {
    return (
      <CreateFooter creating={creation.creating} keyReason={reasonOfKey(creation)}>
        {ways}
      </CreateFooter>
    )
  }
  return (
    <FooterStrip status="Nothing is created before the last step.">
      {ways}
      <Button kind="primary" type="submit">
        Next
      </Button>
    </FooterStrip>
  )
}

/** Why nothing can be sent with the key as it was planned, if so. */
function reasonOfKey({ own, facts }: StepProps['creation']): string | undefined {
  if (keyComplaint(own.psk) !== null) return 'The pre-shared key cannot be used as it is'
  return facts.keyPlan === 'own' && own.psk === '' ? 'Your own key is missing: enter it again under Key' : undefined
}
