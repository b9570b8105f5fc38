import type { FieldPath } from '@tunnel-console/shared/field'
import { useRef } from 'react'
import { useAlone } from '../write/use-alone.ts'
import { type CreationStep, type CreationView, stepBeside, stepOfPath } from './creation-steps.ts'
import type { Creation } from './use-creation.ts'

/** The ways between the steps. */
export function useSteps(creation: Creation, step: CreationStep, onView: (view: CreationView) => void) {
  const { creating, facts } = creation
  const wanted = useRef<FieldPath | null>(null)
  const alone = useAlone()
  const focus = (path: FieldPath) => creating.kit.form.setFocus(path)
  return {
    /** On to the next step, once what this one asks for is right. */
    next: () =>
      alone(async () => {
        const wrong = await creation.judge(step)
        if (wrong) return focus(wrong)
        creation.fillIn(facts.vendor)
        // Whoever goes on needs it a while longer. What comes of it is no reason to wait.
        if (step === 'inside') void creation.hold.ask(creating.kit.draft.interface_address)
        creation.finish(step)
        const following = stepBeside(step, 1)
        if (following) onView(following)
      }),
    /** To a field, wherever it is asked for. */
    fix: (path: FieldPath) => {
      const target = stepOfPath(path)
      if (target === step) return focus(path)
      wanted.current = path
      onView(target)
    },
    /** Gives the focus to the field that this step was opened for, if any. */
    takeWanted: (): boolean => {
      const path = wanted.current
      wanted.current = null
      if (path) focus(path)
      return path !== null
    },
  }
}
