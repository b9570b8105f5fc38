import type { FieldPath } from '@tunnel-console/shared/field'
import { isEmpty, isInUse, valueAt } from '@tunnel-console/shared/field-values'
import { isDefault } from '@tunnel-console/shared/fields'
import { createCall } from '@tunnel-console/shared/travel/curl'
import { isCompared, valueWords } from '@tunnel-console/shared/words'
import { type ReactNode, useEffect, useRef } from 'react'
import { useCurl } from '../../../data/curl.ts'
import { CurlButton } from '../../../ui/curl-button.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { ProblemSummary, problemsOn } from '../form/problem-summary.tsx'
import { CreateOutcome } from './create-outcome.tsx'
import type { KeyPlan } from './creation-draft.ts'
import { type CreationStep, creationSteps, fieldsOfStep } from './creation-steps.ts'
import { ListUnread } from './list-unread.tsx'
import { fieldOf, type StepProps } from './step-part.ts'
import type { Creation } from './use-creation.ts'

const keyWords: Record<KeyPlan, string> = {
  generate: 'Generated once the tunnel exists, and shown to you once',
  own: 'Your own, sent with the tunnel',
  later: 'None yet. The tunnel carries nothing until it has one',
}

/** Everything at a glance, tried at Cloudflare as soon as it is opened. */
export function ReviewStep({ creation, onFix }: StepProps) {
  const { creating, facts } = creation
  const { kit, phase } = creating
  const { verdict } = creating.state
  const wrong = problemsOn(kit.errors)
  const curl = useCurl()
  useValidatedOnEntry(creation)
  return (
    <>
      {verdict?.kind === 'invalid' && (wrong.length > 0 || phase === 'invalid') && (
        <ProblemSummary key={verdict.stamp} kit={kit} problem={verdict.problem} onFix={onFix} />
      )}
      <ListUnread />
      {creationSteps
        .filter(({ id }) => id !== 'review' && id !== 'key')
        .map(({ id, title }) => (
          <Part key={id} step={id} title={title}>
            <DefinitionList items={fieldsOfStep(id, kit.draft).map((path) => rowOf(path, creation))} />
          </Part>
        ))}
      <Part step="key" title="Key">
        <DefinitionList items={[{ label: 'Pre-shared key', value: keyWords[facts.keyPlan] }]} />
      </Part>
      <CreateOutcome creating={creating} />
      <div>
        <CurlButton command={() => curl(createCall(kit.draft))} />
      </div>
    </>
  )
}

function rowOf(path: FieldPath, { creating: { kit } }: Creation) {
  const value = valueAt(kit.draft, path)
  const words = valueWords(path, value)
  return {
    label: fieldOf(path).label,
    value:
      isCompared(path) && !isEmpty(value) ? <span className="mono">{words}</span> : isEmpty(value) ? <Unset /> : words,
    mark: isInUse(kit.draft, path) && isDefault(kit.draft, path) ? ('default' as const) : undefined,
  }
}

const Unset = () => <span className="text-fg-3">not set</span>

function Part({ step, title, children }: { step: CreationStep; title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h3 className="text-14 font-semibold">{title}</h3>
        <TextLink to="/tunnels/new/$step" params={{ step }} search={true} className="text-13">
          Change<span className="sr-only"> {title}</span>
        </TextLink>
      </div>
      {children}
    </section>
  )
}

/** Whoever comes here wants to know; nothing is created by it. Once a visit: what is pressed afterwards is the person's. */
function useValidatedOnEntry({ creating, hold }: Creation): void {
  const isAsked = useRef(false)
  // Coming to the step is the question.
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    if (hold.hold !== null) void hold.ask(creating.kit.draft.interface_address)
    if (creating.phase !== 'valid' && creating.phase !== 'unknown') void creating.validate()
  })
}
