import { useQuery } from '@tanstack/react-query'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { Banner } from '../../../ui/banner.tsx'

/** Says that a new tunnel is compared with nothing, where the account's list could not be read. */
export function ListUnread() {
  const list = useQuery(tunnelsQuery())
  if (!list.isError || list.data) return null
  return (
    <Banner kind="warning" title="The account’s tunnels could not be read">
      Overlaps with them cannot be seen here. Cloudflare checks them when you validate.
    </Banner>
  )
}
