import { isTunnelId } from '@tunnel-console/shared/tunnel-id'

export type Operation =
  | {
      kind:
        | 'account'
        | 'tunnels'
        | 'psks'
        | 'routes'
        | 'gre'
        | 'interconnects'
        | 'leases'
        | 'graphql'
        | 'userToken'
        | 'accountToken'
    }
  | { kind: 'tunnel' | 'pskGenerate'; id: string }

/** An address that must not leave the house. A mistake of ours, never Cloudflare's. */
export class UrlRefused extends TypeError {
  override readonly name = 'UrlRefused'
}

/** What a path may look like after `URL` has normalised it. Anything else is a mistake that must not leave the house (S02). */
const allowedPaths =
  /^\/(graphql|user\/tokens\/verify|accounts\/[0-9a-f]{32}(\/tokens\/verify|\/addressing\/leases|\/magic\/(routes|gre_tunnels|cf_interconnects|ipsec_tunnels(\/psk|\/[0-9a-f]{32}(\/psk_generate)?)?))?)$/

/**
 * The URL of an operation: one of twelve templates, filled with ids of 32 hex digits and nothing else.
 *
 * `encodeURIComponent('..')` is `'..'`, which `URL` then collapses, so escaping is no protection. The
 * result is checked once more: same origin, same base, a path from the closed list. Throws `UrlRefused` otherwise.
 */
export function upstreamUrl(baseUrl: string, accountId: string, operation: Operation, isDryRun = false): string {
  if (!isTunnelId(accountId)) throw new UrlRefused('The account id is not 32 hexadecimal digits')
  const base = new URL(baseUrl)
  const url = new URL(`${base.href.replace(/\/$/, '')}${pathOf(accountId, operation)}`)
  const path = url.pathname.slice(base.pathname.replace(/\/$/, '').length)
  if (url.origin !== base.origin || !allowedPaths.test(path)) throw new UrlRefused('The upstream URL left its template')
  if (isDryRun) url.searchParams.set('validate_only', 'true')
  return url.href
}

function pathOf(accountId: string, operation: Operation): string {
  const account = `/accounts/${accountId}`
  const tunnels = `${account}/magic/ipsec_tunnels`
  switch (operation.kind) {
    case 'graphql':
      return '/graphql'
    case 'userToken':
      return '/user/tokens/verify'
    case 'accountToken':
      return `${account}/tokens/verify`
    case 'account':
      return account
    case 'routes':
      return `${account}/magic/routes`
    case 'gre':
      return `${account}/magic/gre_tunnels`
    case 'interconnects':
      return `${account}/magic/cf_interconnects`
    case 'leases':
      return `${account}/addressing/leases`
    case 'tunnels':
      return tunnels
    case 'psks':
      return `${tunnels}/psk`
    case 'tunnel':
      return `${tunnels}/${checkedId(operation.id)}`
    case 'pskGenerate':
      return `${tunnels}/${checkedId(operation.id)}/psk_generate`
  }
}

function checkedId(id: string): string {
  if (!isTunnelId(id)) throw new UrlRefused('The tunnel id is not 32 hexadecimal digits')
  return id
}
