import { useState } from 'react'
import { Nothing } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'

/** A secret that may be seen: hidden until it is asked for. */
export function SecretValue({ label, value }: { label: string; value: string }) {
  const [isShown, setShown] = useState(false)
  if (!value) return <Nothing words="not set" />
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {isShown ? <span className="mono">{value}</span> : <span>Set, hidden</span>}
      <Button size="small" aria-label={`${isShown ? 'Hide' : 'Show'} ${label}`} onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
      </Button>
    </span>
  )
}
