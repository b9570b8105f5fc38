import type { Identities } from './identities.ts'
import { parametersOf } from './parameters.ts'
import type { DeviceInput, DeviceTemplate, Missing } from './template.ts'
import { generic } from './vendors/generic.ts'
import { strongswan } from './vendors/strongswan.ts'

export type {
  DeviceFile,
  DeviceInput,
  DeviceTemplate,
  IdentityKind,
  Missing,
  TemplateId,
} from './template.ts'
export { keyPlaceholder } from './template.ts'

/** Every template, in the order in which people look for their device; the last fits any. */
export const templates: readonly DeviceTemplate[] = [strongswan, generic]

/** What a template needs and this tunnel cannot give, such as the account number; empty when complete. */
export function missingFor(template: DeviceTemplate, input: DeviceInput): Missing[] {
  const { identities, missing } = parametersOf(input)
  return [...missing, ...missingIdentity(template, identities), ...(template.needs?.(input) ?? [])]
}

function missingIdentity({ identity }: DeviceTemplate, identities: Identities): Missing[] {
  if (identity === 'ipv4') {
    if (identities.ipv4 !== null) return []
    return [
      { what: 'Customer endpoint', why: 'This device names itself by its public address, and the tunnel has none.' },
    ]
  }
  if (identities.accountNumber !== null || (identity === 'fqdn' && identities.custom !== null)) return []
  return [
    {
      what: 'Account number',
      why: 'It is part of the IKE identity, and Cloudflare did not say it of this tunnel. It is the number in the FQDN ID that the Cloudflare dashboard shows.',
    },
  ]
}
