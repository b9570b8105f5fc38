import { Link } from '@tanstack/react-router'

/** Leads to a tunnel in a new tab: the dry run that it stands in would be gone on the way back. */
export function TunnelInNewTab({ row: { id, name } }: { row: { id: string; name: string } }) {
  return (
    <Link
      to="/tunnels/$id"
      params={{ id }}
      target="_blank"
      title="Opens in a new tab"
      className="rounded-s text-14 font-medium [overflow-wrap:anywhere] hover:underline"
    >
      {name || id}
    </Link>
  )
}
