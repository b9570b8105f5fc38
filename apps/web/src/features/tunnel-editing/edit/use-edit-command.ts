import { useQueryClient } from '@tanstack/react-query'
import { patchOf } from '@tunnel-console/shared/patch'
import { updateCall } from '@tunnel-console/shared/travel/curl'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useCurl } from '../../../data/curl.ts'
import { tunnelQuery } from '../../../data/tunnels.ts'
import type { Editing } from './use-edit-tunnel.ts'

/** The prepared change as a command; `undefined` where the whole tunnel is not at hand. */
export function useEditCommand({ id, saved, kit }: Editing): (() => string) | undefined {
  const client = useQueryClient()
  const curl = useCurl()
  const tunnel = client.getQueryData(tunnelQuery(id).queryKey)?.tunnel
  if (!tunnel || !isWholeTunnel(tunnel)) return undefined
  return () => curl(updateCall(tunnel, patchOf(saved.draft, kit.draft)))
}
