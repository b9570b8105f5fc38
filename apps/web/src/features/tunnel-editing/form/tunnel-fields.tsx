import { nameWarning } from '@tunnel-console/shared/field-rules'
import { SwitchField } from '../../../ui/switch-field.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { BgpFields } from './bgp-fields.tsx'
import { EndpointFields } from './endpoint-fields.tsx'
import { Section } from './form-sections.tsx'
import { HealthFields } from './health-fields.tsx'
import { InsideFields } from './inside-fields.tsx'
import type { NeighbourTunnel, TunnelForm } from './use-tunnel-form.ts'

interface TunnelFieldsProps {
  kit: TunnelForm
  /** The account's other tunnels. */
  neighbours: readonly NeighbourTunnel[]
  /** Offers the next free subnet. */
  isNew?: boolean
}

/** Every writable field of a tunnel, in seven sections. */
export function TunnelFields({ kit, neighbours, isNew = false }: TunnelFieldsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-7">
      <Section id="identity">
        <TextField
          {...kit.of('name')}
          warning={nameWarning(kit.draft.name)}
          hint="Unique in the account. Health history is kept by this name."
        />
        <TextArea {...kit.of('description')} rows={2} isOptional />
      </Section>
      <EndpointFields kit={kit} neighbours={neighbours} />
      <InsideFields kit={kit} neighbours={neighbours} isNew={isNew} />
      <HealthFields kit={kit} />
      <BgpFields kit={kit} />
      <Section id="protection">
        <SwitchField
          {...kit.of('replay_protection')}
          hint="All traffic of this tunnel then uses one Cloudflare server. Without it, turn anti-replay off on the device."
        />
        <SwitchField
          {...kit.of('automatic_return_routing')}
          hint="Return traffic takes the tunnel that it came in by. Only for accounts that have it."
        />
      </Section>
      <Section id="ike">
        <TextField
          {...kit.of('custom_remote_identities.fqdn_id')}
          isMono
          isOptional
          hint="LABEL.ACCOUNT.custom.ipsec.cloudflare.com, for devices that cannot use the generated identity."
        />
      </Section>
    </div>
  )
}
