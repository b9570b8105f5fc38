import type { TunnelReadings } from './tunnels.ts'

/**
 * The names of all tunnels, by id, as last read; read anew where one of these is not among them, since it may have been made
 * a moment ago. Throws what Cloudflare says when that cannot be found out.
 */
export async function knownNames(
  { list }: Pick<TunnelReadings, 'list'>,
  tunnelIds: readonly string[],
): Promise<Map<string, string>> {
  const named = async () => new Map((await list.read()).value.tunnels.map(({ id, name }) => [id, name]))
  const hasAll = (known: ReadonlyMap<string, string>) => tunnelIds.every((id) => known.has(id))
  const known = await named()
  if (hasAll(known)) return known
  await list.refresh()
  const newest = await named()
  if (list.lastFailure && !hasAll(newest)) throw list.lastFailure
  return newest
}
