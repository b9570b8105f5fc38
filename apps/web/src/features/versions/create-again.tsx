import { useQuery } from '@tanstack/react-query'
import { lastSnapshot, type Snapshot } from '@tunnel-console/shared/versions'
import { useCan } from '../../data/session.ts'
import { tunnelsQuery } from '../../data/tunnels.ts'
import { versionsQuery } from '../../data/versions.ts'
import { Banner } from '../../ui/banner.tsx'
import type { ButtonSize } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** The way from a tunnel that is gone to a new one with what it was last. Nothing where no version is kept. */
export function CreateAgainLink({ id, size = 'normal' }: { id: string; size?: ButtonSize }) {
  const mayCreate = useCan('tunnel.create')
  const mayRead = useCan('tunnel.read')
  const { data } = useQuery({ ...versionsQuery(id), enabled: mayCreate && mayRead })
  if (!mayCreate || !data || lastSnapshot(data) === null) return null
  return (
    <LinkButton to="/tunnels/new" search={{ from: id }} size={size}>
      Create again from its last version
    </LinkButton>
  )
}

/** Over the form of a new tunnel that starts as another one was: which, and what will be new about it. */
export function CreateAgainNote({ id, last }: { id: string; last: Snapshot | null }) {
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels }).data
  const still = list?.find((tunnel) => tunnel.id === id)
  if (!last) {
    return (
      <div className="mb-5">
        <Banner kind="warning" title="No version of that tunnel is kept">
          The form is empty.
        </Banner>
      </div>
    )
  }
  const hadKey = last.draft.bgp.enabled && last.draft.bgp.md5_key !== ''
  return (
    <div className="mb-5">
      <Banner
        kind={still ? 'warning' : 'info'}
        title={
          still
            ? `${still.name} still exists: this makes a second tunnel`
            : `The form holds the last version of ${last.draft.name}`
        }
      >
        New will be its id, the IKE identity that Cloudflare makes from the id, and its pre-shared key: the device needs
        both before it can connect again. Static routes follow if they still name its inside address.
        {hadKey && ' It had an MD5 key, which a version does not hold: enter it under BGP.'}
      </Banner>
    </div>
  )
}
