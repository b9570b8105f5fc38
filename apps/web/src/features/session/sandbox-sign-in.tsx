import type { Role } from '@tunnel-console/shared/access'
import { useState } from 'react'
import { signInSandbox } from '../../data/sign-in-calls.ts'
import { useTask } from '../../lib/use-task.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

const choices: readonly [role: Role, name: string, can: string][] = [
  ['admin', 'Admin', 'Everything, with deleting, bulk changes and people'],
  ['operator', 'Operator', 'Create and change tunnels, generate keys'],
  ['support', 'Support', 'Look at status, never touch'],
]

const done = () => undefined

export function SandboxSignIn({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const attempt = useTask()
  const [chosen, setChosen] = useState<Role | null>(null)
  const signInAs = (role: Role) => {
    setChosen(role)
    void attempt.run(async () => {
      await signInSandbox(role)
      await onSignedIn()
    }, done)
  }
  return (
    <div className="flex flex-col gap-4">
      {attempt.problem && <Banner kind="danger" role="alert" title={attempt.problem.title} />}
      {choices.map(([role, name, can]) => (
        <div key={role} className="flex flex-col gap-1">
          <Button
            kind={role === 'admin' ? 'primary' : 'secondary'}
            busy={attempt.isBusy && chosen === role}
            aria-describedby={`can-${role}`}
            onClick={() => signInAs(role)}
          >
            Continue as {name}
          </Button>
          <p id={`can-${role}`} className="text-center text-12 text-fg-3">
            {can}
          </p>
        </div>
      ))}
    </div>
  )
}
