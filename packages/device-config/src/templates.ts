import { missingIdentity } from './needs.ts'
import { parametersOf } from './parameters.ts'
import type { DeviceInput, DeviceTemplate, Missing } from './template.ts'
import { aws } from './vendors/aws.ts'
import { azure } from './vendors/azure.ts'
import { ciscoIosXe } from './vendors/cisco-ios-xe.ts'
import { fortigate } from './vendors/fortigate.ts'
import { gcp } from './vendors/gcp.ts'
import { generic } from './vendors/generic.ts'
import { juniperSrx } from './vendors/juniper-srx.ts'
import { mikrotik } from './vendors/mikrotik.ts'
import { paloAlto } from './vendors/palo-alto.ts'
import { pfsense } from './vendors/pfsense.ts'
import { strongswan } from './vendors/strongswan.ts'
import { strongswanVti } from './vendors/strongswan-vti.ts'
import { unifi } from './vendors/unifi.ts'
import { vyos } from './vendors/vyos.ts'

export type {
  DeviceFile,
  DeviceInput,
  DeviceTemplate,
  Missing,
  TemplateId,
} from './template.ts'
export { keyPlaceholder } from './template.ts'

/** Every template, in the order in which people look for their device; the last fits any. */
export const templates: readonly DeviceTemplate[] = [
  ciscoIosXe,
  fortigate,
  juniperSrx,
  paloAlto,
  vyos,
  pfsense,
  unifi,
  mikrotik,
  strongswan,
  strongswanVti,
  aws,
  azure,
  gcp,
  generic,
]

/** What a template needs and this tunnel cannot give, such as the account number; empty when complete. */
export function missingFor(template: DeviceTemplate, input: DeviceInput): Missing[] {
  const { identities, missing } = parametersOf(input)
  return [...missing, ...missingIdentity(template.identity, identities), ...(template.needs?.(input) ?? [])]
}
