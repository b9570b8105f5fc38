import { peerAddress } from '@tunnel-console/shared/ip'
import { SelectField } from '../../../ui/select-field.tsx'
import { SwitchField } from '../../../ui/switch-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { optionsOf } from '../words.ts'
import { Section } from './form-sections.tsx'
import type { TunnelForm } from './use-tunnel-form.ts'

export function HealthFields({ kit }: { kit: TunnelForm }) {
  const { health_check, interface_address } = kit.draft
  const peer = peerAddress(interface_address)
  return (
    <Section id="health" description="Cloudflare’s probes decide whether traffic uses this tunnel.">
      <SwitchField
        {...kit.of('health_check.enabled')}
        warning={
          health_check.enabled ? undefined : 'Cloudflare cannot see a dead tunnel and keeps sending traffic into it.'
        }
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField {...kit.of('health_check.rate')} options={optionsOf('health_check.rate', health_check.rate)} />
        <SelectField {...kit.of('health_check.type')} options={optionsOf('health_check.type', health_check.type)} />
      </div>
      <SelectField
        {...kit.of('health_check.direction')}
        options={optionsOf('health_check.direction', health_check.direction)}
        hint="Bidirectional probes come back through the tunnel; unidirectional ones over the Internet."
      />
      <TextField
        {...kit.of('health_check.target.saved')}
        isMono
        isOptional
        inputMode="decimal"
        hint={
          peer && health_check.direction === 'bidirectional'
            ? `Empty: Cloudflare chooses, usually your end (${peer}).`
            : 'Empty: Cloudflare chooses, usually the customer endpoint.'
        }
      />
    </Section>
  )
}
