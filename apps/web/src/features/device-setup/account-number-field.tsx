import { accountNumberIn } from '@tunnel-console/device-config/identities'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FieldFrame, fieldAria, useFieldIds } from '../../ui/field.tsx'
import { ignoredByPasswordManagers, TextInput } from '../../ui/text-field.tsx'

interface AccountNumberProps {
  tunnelId: string
  /** What was typed before; `null`: nothing. */
  value: string | null
  onKeep: (number: string) => void
}

const look = {
  label: 'Account number',
  hint: 'Cloudflare’s number of this account, or any identity that holds it: the dashboard shows one as FQDN ID. Asked for once, and kept in this browser.',
}

/** Asked for where Cloudflare says no identity of the tunnel. An identity is taken as well: it holds the number. */
export function AccountNumberField({ tunnelId, value, onKeep }: AccountNumberProps) {
  const [typed, setTyped] = useState(value ?? '')
  const [wasRefused, setRefused] = useState(false)
  const ids = useFieldIds()
  const error = wasRefused
    ? { type: 'manual', message: 'A number of digits, such as 123456789, or an identity of this very tunnel' }
    : undefined
  const keep = (event: FormEvent) => {
    event.preventDefault()
    const number = accountNumberIn(typed, tunnelId)
    setRefused(number === null)
    if (number !== null) onKeep(number)
  }
  return (
    <form noValidate onSubmit={keep} className="max-w-form">
      <FieldFrame ids={ids} look={look} error={error}>
        <span className="flex gap-2">
          <TextInput
            {...fieldAria(ids, look, error)}
            {...ignoredByPasswordManagers}
            isMono
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit">Use</Button>
        </span>
      </FieldFrame>
    </form>
  )
}
