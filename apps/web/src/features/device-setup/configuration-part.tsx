import { missingFor } from '@tunnel-console/device-config/templates'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { AccountNumberField } from './account-number-field.tsx'
import { DeviceFiles } from './device-files.tsx'
import { HandOverSheet } from './hand-over-sheet.tsx'
import { markersOf } from './markers.ts'
import type { Device } from './use-device.ts'
import { md5Placeholder, withoutMd5 } from './without-md5.ts'

interface ConfigurationPartProps {
  tunnel: Tunnel
  device: Device
  /** As it was typed here; `null`: it was not. */
  accountNumber: string | null
  onAccountNumber: (number: string) => void
}

/** The configuration of one device, with what is missing, what the reader must decide, and the sheet to hand over. */
export function ConfigurationPart({ tunnel, device, accountNumber, onAccountNumber }: ConfigurationPartProps) {
  const [hasMd5, setHasMd5] = useState(false)
  const input = { tunnel: hasMd5 ? tunnel : withoutMd5(tunnel), accountNumber, key: null }
  const missing = missingFor(device.template, input)
  const files = device.template.files(input)
  // Whoever typed a wrong number can type another: it stays while the tunnel itself says none.
  const asksNumber = missingFor(device.template, { ...input, accountNumber: null }).some(isNumber)
  return (
    <div className="flex flex-col gap-5">
      {missing.length > 0 && (
        <Banner kind="warning" title="This device needs more than the tunnel gives">
          <ul>
            {missing.map(({ what, why }) => (
              <li key={why}>
                <strong className="font-medium">{what}</strong>: {why}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {asksNumber && <AccountNumberField tunnelId={tunnel.id} value={accountNumber} onKeep={onAccountNumber} />}
      <Markers files={files} />
      {tunnel.bgp?.md5_key && (
        <Checkbox
          label={`Fill in the MD5 key of BGP, in place of ${md5Placeholder}`}
          checked={hasMd5}
          onChange={() => setHasMd5(!hasMd5)}
        />
      )}
      <DeviceFiles files={files} />
      <div className="flex flex-wrap gap-2">
        <Button icon={<Printer aria-hidden size={16} />} onClick={() => window.print()}>
          Print hand-over sheet
        </Button>
      </div>
      <HandOverSheet input={{ tunnel: withoutMd5(tunnel), accountNumber, key: null }} device={device.template.title} />
    </div>
  )
}

const isNumber = ({ what }: { what: string }) => what === 'Account number'

function Markers({ files }: { files: Parameters<typeof markersOf>[0] }) {
  const markers = markersOf(files)
  return (
    <Callout title="Before you use it">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>
          Put the pre-shared key in place of <span className="mono">PASTE-KEY-HERE</span>. The console does not have it:
          it shows a key once, when it is made.
        </li>
        {markers.map(({ token, why }) => (
          <li key={token}>
            Decide <span className="mono [overflow-wrap:anywhere]">{token}</span>: {why}
          </li>
        ))}
        <li>
          Look through it, and keep what the device has now. The end of a configuration says how to take it out again.
        </li>
      </ul>
    </Callout>
  )
}
