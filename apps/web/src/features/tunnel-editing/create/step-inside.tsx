import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { addressesQuery } from '../../../data/addresses.ts'
import { useCan } from '../../../data/session.ts'
import { Banner } from '../../../ui/banner.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { TunnelField } from '../form/tunnel-field.tsx'
import { InsideProposal, keepTyped } from './inside-proposal.tsx'
import { fieldOf, type StepProps } from './step-part.ts'
import type { Creation } from './use-creation.ts'

/** The private addresses of both ends: the next free ones, kept for this draft while it is filled in. */
export function InsideStep({ creation, neighbours }: StepProps) {
  const { kit } = creation.creating
  const known = useQuery(addressesQuery())
  useFirstProposal(creation)
  return (
    <>
      {known.data?.pools.length === 0 && <NoPool />}
      <InsideProposal
        creation={creation}
        neighbours={neighbours}
        field={
          // biome-ignore lint/a11y/noStaticElementInteractions: it hears the field that it is around, and is none itself
          <div onBlur={() => void keepTyped(creation)}>
            <TunnelField kit={kit} field={fieldOf('interface_address')} />
          </div>
        }
      />
      <TunnelField kit={kit} field={fieldOf('interface_address6')} />
    </>
  )
}

/** Coming to the step asks for the next free address, unless the draft has one, which is then held. */
function useFirstProposal({ creating, hold, set }: Creation): void {
  const { form } = creating.kit
  const start = form.getValues('interface_address')
  const isBegun = useRef(false)
  const begin = async () => {
    const got = await hold.ask(start === '' ? undefined : start)
    // Somebody may have begun to type by now.
    if (got === null || start !== '' || form.getValues('interface_address') !== '') return
    hold.noteProposed(got)
    set('interface_address', got)
  }
  // Coming to the step is the question; what it answers must not overwrite what is typed.
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    void begin()
  })
}

function NoPool() {
  const maySet = useCan('settings.manage')
  return (
    <Banner
      title="No pool of inside addresses is set"
      actions={
        maySet && (
          <TextLink to="/settings" className="text-13">
            Set one
          </TextLink>
        )
      }
    >
      So addresses are proposed near those in use, and none is held for you.
    </Banner>
  )
}
