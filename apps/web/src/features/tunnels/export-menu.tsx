import { tunnelsCsv } from '@tunnel-console/shared/travel/csv-file'
import { tunnelsHcl } from '@tunnel-console/shared/travel/hcl'
import { tunnelsJson } from '@tunnel-console/shared/travel/json-file'
import { tunnelsMarkdown } from '@tunnel-console/shared/travel/markdown'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import { useSession } from '../../data/session.ts'
import { count } from '../../lib/format.ts'
import { saveFile } from '../../lib/save-file.ts'
import { announce } from '../../ui/announcer.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { ExportButton } from './export-button.tsx'

interface Format {
  label: string
  name: string
  type: string
  write: (tunnels: readonly Tunnel[], exported: { account: string; at: string }) => string
}

const formats: readonly Format[] = [
  {
    label: 'Terraform',
    name: 'tunnels.tf',
    type: 'text/plain',
    write: (tunnels, { account }) => tunnelsHcl(tunnels, account),
  },
  { label: 'JSON', name: 'tunnels.json', type: 'application/json', write: tunnelsJson },
  { label: 'CSV', name: 'tunnels.csv', type: 'text/csv', write: tunnelsCsv },
  { label: 'Hand-over sheet (Markdown)', name: 'tunnels.md', type: 'text/markdown', write: tunnelsMarkdown },
]

interface ExportMenuProps {
  tunnels: readonly VisibleTunnel[]
  startsOpen: boolean
}

/** Saves the tunnels that the filter lets through. No key is in any file. */
export function ExportMenu({ tunnels, startsOpen }: ExportMenuProps) {
  const account = useSession().account.id
  const save = ({ name, type, write }: Format) => {
    const whole = tunnels.filter(isWholeTunnel)
    const at = new Date().toISOString()
    saveFile(new Blob([write(whole, { account, at })], { type: `${type};charset=utf-8` }), name)
    announce(`${count(whole.length, 'tunnel')} saved as ${name}`)
  }
  return (
    <Menu align="start" startsOpen={startsOpen} trigger={<ExportButton />}>
      {formats.map((format) => (
        <MenuItem key={format.name} onSelect={() => save(format)}>
          {format.label}
        </MenuItem>
      ))}
    </Menu>
  )
}
