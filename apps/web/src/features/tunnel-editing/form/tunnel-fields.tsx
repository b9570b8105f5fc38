import type { FieldPath } from '@tunnel-console/shared/field'
import { isInUse } from '@tunnel-console/shared/field-values'
import { fieldList } from '@tunnel-console/shared/fields'
import { sections } from '@tunnel-console/shared/sections'
import type { ComponentType, ReactNode } from 'react'
import { CloudflareEndpoint } from './cloudflare-endpoint.tsx'
import type { FieldPartProps } from './field-part.ts'
import { Section } from './form-sections.tsx'
import { InterfaceAddress } from './interface-address.tsx'
import { TunnelField } from './tunnel-field.tsx'
import type { NeighbourTunnel, TunnelForm } from './use-tunnel-form.ts'

/** Fields with more around them than their control. */
const parts: Partial<Record<FieldPath, ComponentType<FieldPartProps>>> = {
  cloudflare_endpoint: CloudflareEndpoint,
  interface_address: InterfaceAddress,
}

/** Two of these stand side by side where there is room. */
const halves: ReadonlySet<FieldPath> = new Set(['health_check.rate', 'health_check.type'])

interface TunnelFieldsProps {
  kit: TunnelForm
  /** The account's other tunnels. */
  neighbours: readonly NeighbourTunnel[]
  /** What proposes an inside address, for a new tunnel. */
  proposal?: ReactNode
}

/** Every writable field of a tunnel, in its section. */
export function TunnelFields({ kit, neighbours, proposal }: TunnelFieldsProps) {
  const inUse = fieldList.filter(({ path }) => isInUse(kit.draft, path))
  return (
    <div className="flex min-w-0 flex-col gap-7">
      {sections.map((section) => (
        <Section key={section.id} section={section}>
          {inUse
            .filter((field) => field.section === section.id)
            .map((field) => {
              const Part = parts[field.path] ?? TunnelField
              return (
                <div key={field.path} className={halves.has(field.path) ? undefined : 'sm:col-span-2'}>
                  <Part kit={kit} field={field} neighbours={neighbours} proposal={proposal} />
                </div>
              )
            })}
        </Section>
      ))}
    </div>
  )
}
