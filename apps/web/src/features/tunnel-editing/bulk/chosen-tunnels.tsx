import { count } from '../../../lib/format.ts'
import { namesText } from '../../../lib/names-text.ts'
import type { ChosenOne } from './bulk-start.ts'

const fewest = 5

/** Which tunnels it is about. They do not change any more, whatever is selected in the list. */
export function ChosenTunnels({ tunnels }: { tunnels: readonly ChosenOne[] }) {
  const names = tunnels.map(({ id, name }) => name || id)
  const title = count(tunnels.length, 'tunnel')
  if (tunnels.length <= fewest) {
    return (
      <p className="text-14 [overflow-wrap:anywhere]">
        <strong className="font-medium">{title}:</strong> {names.join(', ')}
      </p>
    )
  }
  return (
    <details className="text-14">
      <summary className="min-h-6 rounded-s [overflow-wrap:anywhere]">
        <strong className="font-medium">{title}:</strong> {namesText(names)}
      </summary>
      <ul className="mt-2 max-h-60 columns-2 overflow-y-auto rounded-m border border-line px-4 py-2 text-13 text-fg-2 sm:columns-3">
        {tunnels.map(({ id, name }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            {name || id}
          </li>
        ))}
      </ul>
    </details>
  )
}
