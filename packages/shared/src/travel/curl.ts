/** A call of Cloudflare's API. `path` stands below the account: `/magic/ipsec_tunnels/…`. */
export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: Record<string, unknown> | undefined
}

const api = 'https://api.cloudflare.com/client/v4'

/**
 * A call as a command for a POSIX shell. The account is filled in, the token is not: it is `$CLOUDFLARE_API_TOKEN` of whoever
 * runs it. Everything else stands in single quotes, in which a shell reads nothing but their end.
 */
export function curlOf({ method, path, body }: ApiCall, account: string): string {
  const lines = [
    `curl --fail-with-body -X ${method} ${shellQuoted(`${api}/accounts/${account}${path}`)}`,
    `  -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"`,
    `  -H 'x-magic-new-hc-target: true'`,
    ...(body ? [`  -H 'Content-Type: application/json'`, `  --data ${shellQuoted(JSON.stringify(body))}`] : []),
  ]
  return lines.join(' \\\n')
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
