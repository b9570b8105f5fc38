import { accountNumberIn } from '@tunnel-console/device-config/identities'
import { missingFor } from '@tunnel-console/device-config/templates'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { AccountNumberField } from './account-number-field.tsx'
import { DeviceFiles } from './device-files.tsx'
import { DevicePicker } from './device-picker.tsx'
import { useAccountNumber } from './use-account-number.ts'
import { useDevice } from './use-device.ts'
import { withoutMd5 } from './without-md5.ts'

interface KeyedSetupProps {
  tunnel: Tunnel
  /** The key while it is revealed. It is filled in here and nowhere else, and gone with this component. */
  psk: string
  /** What came along with the key; it holds the account number. */
  ipsecId: string | undefined
  /** The person is at work with the key: it need not hide yet. */
  onUse: () => void
}

/** The device's configuration with the key in it: copied whole, and on the screen only when asked for. Never saved. */
export function KeyedSetup({ tunnel, psk, ipsecId, onUse }: KeyedSetupProps) {
  const device = useDevice(tunnel)
  const [typedNumber, keepNumber] = useAccountNumber()
  const [isShown, setShown] = useState(false)
  const accountNumber = accountNumberIn(ipsecId ?? '', tunnel.id) ?? typedNumber
  const input = { tunnel, accountNumber, key: null }
  const missing = missingFor(device.template, { ...input, key: psk })
  const withKey = device.template.files({ ...input, key: psk })
  return (
    <div className="flex flex-col gap-4">
      <DevicePicker device={device} />
      {missing.map(({ what, why }) => (
        <p key={why} className="text-13 text-degraded-fg">
          {what}: {why}
        </p>
      ))}
      {missing.some(({ what }) => what === 'Account number') && (
        <AccountNumberField tunnelId={tunnel.id} value={typedNumber} onKeep={keepNumber} />
      )}
      <p className="text-13 text-fg-3">
        Copy gives the files with the key filled in. It is done in this browser, and nothing of it is kept here.
      </p>
      <div>
        <Button size="small" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          Show the keys in them
        </Button>
      </div>
      <DeviceFiles
        files={isShown ? withKey : device.template.files({ ...input, tunnel: withoutMd5(tunnel) })}
        copied={withKey}
        canSave={false}
        onCopied={onUse}
      />
    </div>
  )
}
