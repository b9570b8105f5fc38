import { subnetClash } from '@tunnel-console/shared/form'
import { count } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { BothEnds } from './both-ends.tsx'
import { Section } from './form-sections.tsx'
import { nextFree } from './next-free.ts'
import type { NeighbourTunnel, TunnelForm } from './use-tunnel-form.ts'

interface InsideFieldsProps {
  kit: TunnelForm
  neighbours: readonly NeighbourTunnel[]
  isNew: boolean
}

export function InsideFields({ kit, neighbours, isNew }: InsideFieldsProps) {
  const { interface_address } = kit.draft
  const clash = subnetClash(interface_address, neighbours)
  const use = (subnet: string) => {
    kit.form.setValue('interface_address', subnet, { shouldDirty: true })
    kit.form.clearErrors('interface_address')
  }
  return (
    <Section id="inside" description="The private addresses of the two ends, inside the tunnel.">
      <div className="flex flex-col gap-2">
        <TextField
          {...kit.of('interface_address')}
          isMono
          hint={
            clash ? (
              <>
                Taken by{' '}
                <TextLink to="/tunnels/$id" params={{ id: clash.id }} target="_blank">
                  {clash.name}
                </TextLink>{' '}
                (opens in a new tab)
              </>
            ) : (
              'Cloudflare’s end with its prefix, such as 10.252.2.20/31.'
            )
          }
        />
        {isNew && <NextFree neighbours={neighbours} current={interface_address} onUse={use} />}
        <BothEnds interfaceAddress={interface_address} />
      </div>
      <TextField {...kit.of('interface_address6')} isMono isOptional hint="With /127." />
    </Section>
  )
}

interface NextFreeProps {
  neighbours: readonly NeighbourTunnel[]
  current: string
  onUse: (subnet: string) => void
}

function NextFree({ neighbours, current, onUse }: NextFreeProps) {
  const free = nextFree(neighbours.map(({ interface_address }) => interface_address))
  if (free === null) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-fg-3">
      <Button
        size="small"
        disabledReason={current === free ? 'It is in the field already' : undefined}
        onClick={() => onUse(free)}
      >
        Use next free: <span className="mono">{free}</span>
      </Button>
      Checked against {count(neighbours.length, 'IPsec tunnel')}
    </p>
  )
}
