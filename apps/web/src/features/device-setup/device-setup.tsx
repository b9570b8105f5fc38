import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { type ReactNode, useId } from 'react'
import { CheckPart } from './check-part.tsx'
import { ConfigurationPart } from './configuration-part.tsx'
import { DevicePicker, TemplateFacts } from './device-picker.tsx'
import { useAccountNumber } from './use-account-number.ts'
import { useDevice } from './use-device.ts'
import { WaitingPanel } from './waiting-panel.tsx'

/** What to do at the device, and whether it has come to anything: all of it from the tunnel, nothing is sent. */
export function DeviceSetup({ tunnel }: { tunnel: Tunnel }) {
  const device = useDevice(tunnel)
  const [accountNumber, keepNumber] = useAccountNumber()
  return (
    <div className="flex flex-col gap-8">
      <WaitingPanel tunnel={tunnel} />
      <Part title="Your device">
        <div className="grid grid-cols-1 gap-x-12 gap-y-4 lg:grid-cols-2">
          <DevicePicker device={device} />
          <TemplateFacts device={device} />
        </div>
      </Part>
      <Part title="Its configuration">
        <ConfigurationPart
          key={device.template.id}
          tunnel={tunnel}
          device={device}
          accountNumber={accountNumber}
          onAccountNumber={keepNumber}
        />
      </Part>
      <Part title="Check my device">
        <CheckPart tunnel={tunnel} accountNumber={accountNumber} />
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-2 text-16 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  )
}
