import type { TunnelReadings } from './tunnels.ts'

/**
 * The names of all tunnels, by id, as last read; read anew where one of these is not among them, since it may have been made a
 * moment ago. Throws what Cloudflare says while there has never been a list.
 */
export async function knownNames(
  { list }: Pick<TunnelReadings, 'list'>,
  tunnelIds: readonly string[],
): Promise<Map<string, string>> {
  const named = async () => new Map((await list.read()).value.tunnels.map(({ id, name }) => [id, name]))
  const known = await named()
  if (tunnelIds.every((id) => known.has(id))) return known
  await list.refresh()
  return named()
}
