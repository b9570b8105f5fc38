import { useMutation } from '@tanstack/react-query'
import type { Role } from '@tunnel-console/shared/access'
import { signInSandbox } from '../../data/sign-in.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

const choices: readonly [role: Role, name: string, can: string][] = [
  ['admin', 'Admin', 'Everything, with deleting, bulk changes and people'],
  ['operator', 'Operator', 'Create and change tunnels, generate keys'],
  ['support', 'Support', 'Look at status, never touch'],
]

export function SandboxSignIn({ onSignedIn }: { onSignedIn?: () => void }) {
  const attempt = useMutation(signInSandbox())
  return (
    <div className="flex flex-col gap-4">
      {attempt.error && <Banner kind="danger" role="alert" title={attempt.error.problem.title} />}
      {choices.map(([role, name, can]) => (
        <div key={role} className="flex flex-col gap-1">
          <Button
            kind={role === 'admin' ? 'primary' : 'secondary'}
            busy={attempt.isPending && attempt.variables === role}
            aria-describedby={`can-${role}`}
            onClick={() => attempt.mutate(role, { onSuccess: onSignedIn })}
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
