import { ProblemError } from '@tunnel-console/shared/problem'

/**
 * Whether Cloudflare's Magic API itself says that what was asked for does not exist. Only a 404 with one of its own codes
 * (1000 to 1999; 1032 is "tunnel not found") does. A page of the edge, or the API gateway's 7000 and 7003 ("could not
 * route"), comes about in other ways too: it says nothing about a tunnel.
 */
export function isGone(error: unknown): boolean {
  if (!(error instanceof ProblemError) || error.problem.code !== 'not-found') return false
  const codes = error.problem.upstream?.map(({ code }) => code) ?? []
  return codes.length > 0 && codes.every((code) => code !== undefined && code >= 1000 && code < 2000)
}
