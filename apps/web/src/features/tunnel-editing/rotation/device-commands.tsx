const commands: readonly [device: string, command: string][] = [
  ['strongSwan', 'swanctl --terminate --ike NAME && swanctl --initiate --child NAME'],
  ['Cisco IOS XE', 'clear crypto ikev2 sa remote PEER'],
  ['Palo Alto', 'clear vpn ike-sa gateway NAME'],
  ['FortiGate', 'diagnose vpn ike gateway clear name NAME'],
  ['Juniper SRX', 'clear security ike security-associations PEER'],
]

/** How common devices are told to negotiate anew, folded. */
export function DeviceCommands() {
  return (
    <details className="mt-1 text-13">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-s underline decoration-1 underline-offset-3 pointer-coarse:min-h-11">
        Commands of common devices
      </summary>
      <dl className="mt-1 flex flex-col gap-2">
        {commands.map(([device, command]) => (
          <div key={device}>
            <dt className="text-fg-3">{device}</dt>
            <dd className="mono [overflow-wrap:anywhere] select-all">{command}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
