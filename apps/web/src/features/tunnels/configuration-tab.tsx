import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import { Banner } from '../../ui/banner.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { configurationOf } from './configuration.tsx'
import { dateRows, keyRows } from './configuration-read-only.tsx'
import { Panel } from './panel.tsx'
import { RawJson } from './raw-json.tsx'

interface ConfigurationTabProps {
  tunnel: VisibleTunnel
  unknownFields: readonly string[]
  /** The reading of this tunnel as a command. */
  curl?: (() => string) | undefined
}

/** Every field that the role may see, in the order of the form. */
export function ConfigurationTab({ tunnel, unknownFields, curl }: ConfigurationTabProps) {
  const parts = [
    ...configurationOf(tunnel),
    ...(isWholeTunnel(tunnel) ? [{ title: 'Pre-shared key', items: keyRows(tunnel) }] : []),
    { title: 'Dates and id', items: dateRows(tunnel) },
  ]
  return (
    <div className="flex flex-col gap-8">
      {unknownFields.length > 0 && (
        <Banner kind="info" title="Cloudflare sent fields that this console does not know">
          <span className="mono [overflow-wrap:anywhere]">{unknownFields.join(', ')}</span>. They are kept as they are
          and not shown here.
        </Banner>
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        {parts.map(({ title, items }) => (
          <Panel key={title} title={title}>
            <DefinitionList items={items} />
          </Panel>
        ))}
      </div>
      {isWholeTunnel(tunnel) && <RawJson tunnel={tunnel} curl={curl} />}
    </div>
  )
}
