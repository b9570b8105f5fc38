import type { ComingChange } from '@tunnel-console/shared/ahead'
import { isCompared, valueWords } from '@tunnel-console/shared/words'
import { Changes } from '../../ui/changes.tsx'

/** What is still to come of a tunnel, from the value that it has now; what is so already is told as that. */
export function ComingChanges({ coming }: { coming: readonly ComingChange[] }) {
  const already = coming.filter(({ isAlready }) => isAlready)
  return (
    <div className="text-13">
      {already.length < coming.length && <p className="text-12 text-fg-3">As it is now</p>}
      <Changes changes={coming.filter(({ isAlready }) => !isAlready)} />
      {already.length > 0 && (
        <ul className="flex flex-col gap-0.5 py-1">
          {already.map(({ path, label, after }) => (
            <li key={path} className="[overflow-wrap:anywhere]">
              <span className="text-fg-3">{label}: </span>
              <span className={isCompared(path) ? 'mono' : undefined}>{valueWords(path, after)}</span>
              <span className="text-fg-2">, already so</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
