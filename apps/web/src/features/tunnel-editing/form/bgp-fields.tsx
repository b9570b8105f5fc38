import { SwitchField } from '../../../ui/switch-field.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { asnHint } from '../words.ts'
import { Section } from './form-sections.tsx'
import type { TunnelForm } from './use-tunnel-form.ts'

export function BgpFields({ kit }: { kit: TunnelForm }) {
  const isOn = kit.draft.bgp.enabled
  const wasOn = kit.base?.bgp.enabled
  return (
    <Section id="bgp" description="Exchanges routes with the device over this tunnel.">
      <SwitchField
        {...kit.of('bgp.enabled')}
        hint={
          wasOn === false && isOn
            ? 'Cloudflare may refuse BGP on a tunnel that was created without it. Validate to see.'
            : undefined
        }
      />
      {isOn && (
        <>
          <TextField {...kit.of('bgp.customer_asn')} isMono inputMode="numeric" hint={asnHint} />
          <TextArea
            {...kit.of('bgp.extra_prefixes')}
            isMono
            isOptional
            rows={3}
            hint="Announced to the device besides those of your routes. One on each line."
          />
          <TextField
            {...kit.of('bgp.md5_key')}
            type="password"
            isMono
            isOptional
            hint="The same on the device. Up to 80 printable characters, without &quot; and ?."
          />
        </>
      )}
    </Section>
  )
}
