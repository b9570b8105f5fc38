import { templates } from '@tunnel-console/device-config/templates'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FieldFrame, fieldAria, useFieldIds } from '../../ui/field.tsx'
import { Select } from '../../ui/select-field.tsx'
import type { Device } from './use-device.ts'

const options = templates.map(({ id, title }) => ({ value: id, label: title }))

/** Which device stands at the other end. */
export function DevicePicker({ device }: { device: Device }) {
  const ids = useFieldIds()
  const look = {
    label: 'Device',
    hint: device.isGuessed
      ? 'Taken from the words of this tunnel. Choose another if it is not so.'
      : 'Remembered for this tunnel in this browser.',
  }
  return (
    <FieldFrame ids={ids} look={look} error={undefined}>
      <Select
        {...fieldAria(ids, look, undefined)}
        options={options}
        value={device.template.id}
        onChange={({ target }) => device.choose(target.value)}
      />
    </FieldFrame>
  )
}

/** For what the template is written, from which sources, and what was done to try it. */
export function TemplateFacts({ device: { template } }: { device: Device }) {
  return (
    <DefinitionList
      items={[
        { label: 'Written for', value: template.software },
        { label: 'What was tested', value: template.tested },
        { label: 'Template', value: `version ${template.version}, sources of ${template.sourceDate}` },
        ...(template.sources.length === 0 ? [] : [{ label: 'Sources', value: <Sources urls={template.sources} /> }]),
      ]}
    />
  )
}

function Sources({ urls }: { urls: readonly string[] }) {
  return (
    <ul className="text-13">
      {urls.map((source) => (
        <li key={source} className="[overflow-wrap:anywhere]">
          {source}
        </li>
      ))}
    </ul>
  )
}
