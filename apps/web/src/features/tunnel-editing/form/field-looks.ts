import { chosenTarget } from '@tunnel-console/shared/effects'
import type { FieldPath } from '@tunnel-console/shared/field'
import { nameWarning } from '@tunnel-console/shared/field-rules'
import { publicAddressWarning } from '@tunnel-console/shared/public-address'
import type { FieldLook } from '../../../ui/field.tsx'
import type { TunnelForm } from './use-tunnel-form.ts'

type Look = Pick<FieldLook, 'hint' | 'warning'>

/** What a field says besides its hint, where that depends on the rest of the form. */
const looks: Partial<Record<FieldPath, (kit: TunnelForm) => Look>> = {
  name: ({ draft }) => ({ warning: nameWarning(draft.name) }),
  customer_endpoint: ({ draft }) => ({ warning: publicAddressWarning(draft.customer_endpoint) }),
  'health_check.enabled': ({ draft }) =>
    draft.health_check.enabled
      ? {}
      : { warning: 'Cloudflare cannot see a dead tunnel and keeps sending traffic into it.' },
  'health_check.target.saved': ({ draft }) => ({ hint: `Empty: Cloudflare chooses, usually ${chosenTarget(draft)}.` }),
  'bgp.enabled': ({ draft, base }) =>
    base?.bgp.enabled === false && draft.bgp.enabled
      ? { hint: 'Cloudflare may refuse BGP on a tunnel that was created without it. Validate to see.' }
      : {},
}

export const lookOf = (path: FieldPath, kit: TunnelForm): Look => looks[path]?.(kit) ?? {}
