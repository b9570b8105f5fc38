import { useQuery } from '@tanstack/react-query'
import type { CloudflareAddress } from '@tunnel-console/shared/addresses'
import { useEffect, useRef } from 'react'
import { addressesQuery } from '../../../data/addresses.ts'
import { Callout } from '../../../ui/callout.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { CloudflareEndpoint } from '../form/cloudflare-endpoint.tsx'
import { TunnelField } from '../form/tunnel-field.tsx'
import { fieldOf, type StepProps } from './step-part.ts'

/** The outside addresses of both ends. */
export function EndpointsStep({ creation, neighbours }: StepProps) {
  const { kit } = creation.creating
  const { isMobile } = creation.facts
  const known = useQuery(addressesQuery())
  const { customer_endpoint: address } = kit.draft
  useMostUsed(creation, known.data?.cloudflareEndpoints)
  const turn = (next: boolean) => {
    creation.note({ isMobile: next })
    if (next) creation.set('customer_endpoint', '')
  }
  return (
    <>
      <CloudflareEndpoint
        kit={kit}
        field={fieldOf('cloudflare_endpoint')}
        neighbours={neighbours}
        known={known.data?.cloudflareEndpoints}
      />
      <div className="flex flex-col gap-3">
        <TunnelField kit={kit} field={fieldOf('customer_endpoint')} />
        {/* Who types an address after all has one. */}
        <Checkbox
          label="My device has a changing address"
          checked={isMobile && address === ''}
          onChange={({ target }) => turn(target.checked)}
        />
        {isMobile && address === '' && <WhatIsLost />}
      </div>
      <TunnelField kit={kit} field={fieldOf('custom_remote_identities.fqdn_id')} />
    </>
  )
}

function WhatIsLost() {
  return (
    <Callout title="What that means">
      The customer endpoint stays empty. The device names itself by the FQDN that Cloudflare makes for this tunnel,
      since it cannot be known by its address. Cloudflare sends no traceroutes to it, and unidirectional probes need a
      target of their own.
    </Callout>
  )
}

/** Most accounts have two addresses, and most tunnels of a site end on the usual one: it stands there until somebody says otherwise. */
function useMostUsed(creation: StepProps['creation'], known: readonly CloudflareAddress[] | undefined): void {
  const { draft, form } = creation.creating.kit
  const isAsked = useRef(false)
  // The console's answer comes after the step.
  useEffect(() => {
    const [usual] = known ?? []
    if (isAsked.current || !usual || usual.tunnels === 0) return
    isAsked.current = true
    const { isTouched, error } = form.getFieldState('cloudflare_endpoint')
    if (draft.cloudflare_endpoint === '' && !isTouched && !error) creation.set('cloudflare_endpoint', usual.address)
  })
}
