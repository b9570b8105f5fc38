import { Banner } from '../../../ui/banner.tsx'
import type { NewTunnelStart, StartSearch } from './start-of.ts'

/** Says what a new tunnel was made after, and what it could not take along. */
export function StartNote({ search, start }: { search: StartSearch; start: NewTunnelStart }) {
  const { after, draft } = start
  if (search.clone === undefined && search.second === undefined) return null
  return (
    <div className="mb-5">
      {after === null ? (
        <Banner kind="warning" title="That tunnel does not exist any more">
          The form is empty.
        </Banner>
      ) : search.second === undefined ? (
        <Banner title={`With the settings of ${after}`}>
          Empty is what belongs to one tunnel alone: its name, the device’s address, the inside addresses, a custom
          identity and keys.
        </Banner>
      ) : (
        <Banner title={`A second tunnel beside ${after}`}>
          For the same device, with inside addresses and a key of its own.{' '}
          {draft.cloudflare_endpoint === ''
            ? 'Only one Cloudflare endpoint is in use here: enter another one, or both tunnels end at the same place.'
            : `It ends at ${draft.cloudflare_endpoint}, another address of Cloudflare’s.`}
        </Banner>
      )}
    </div>
  )
}
