import { parametersOf } from '@tunnel-console/device-config/parameters'
import { rowsOf } from '@tunnel-console/device-config/rows'
import type { DeviceInput } from '@tunnel-console/device-config/templates'
import { createPortal } from 'react-dom'

interface HandOverSheetProps {
  input: DeviceInput
  /** The device that it was chosen for. */
  device: string
}

/**
 * Both ends and every parameter on paper, for whoever sets up the device. Only a printer sees it (`styles/print.css`), and
 * no key is on it.
 */
export function HandOverSheet({ input, device }: HandOverSheetProps) {
  return createPortal(
    <div className="print-sheet" data-theme="light" aria-hidden>
      <h1 className="text-20">Cloudflare IPsec tunnel {input.tunnel.name}</h1>
      <p className="text-13">Device: {device}. The pre-shared key is not on this sheet: hand it over by another way.</p>
      {rowsOf(parametersOf(input)).map(({ title, rows }) => (
        <section key={title} className="mt-3 break-inside-avoid">
          <h2 className="text-14">{title}</h2>
          <table className="w-full text-12">
            <tbody>
              {rows.map(({ label, value, source }) => (
                <tr key={label} className="border-b border-line align-top">
                  <th scope="row" className="w-1/3 py-0.5 pr-3 text-left font-normal text-fg-2">
                    {label}
                  </th>
                  <td className="py-0.5 pr-3 [overflow-wrap:anywhere]">{value}</td>
                  <td className="w-1/4 py-0.5 text-fg-3">{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>,
    document.body,
  )
}
