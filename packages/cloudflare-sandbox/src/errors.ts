import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface ApiError {
  code: number
  message: string
  documentation_url?: string
  source?: { pointer: string }
  error_chain?: { code: number; message: string }[]
}

/** Codes seen in Cloudflare's own answers, client issues and provider tests. */
export const codes = {
  malformed: 1022,
  tunnelNotFound: 1032,
  invalidToken: 1000,
  invalidHeaders: 6003,
  badAuthorization: 6111,
  noRouteForUri: 7000,
  couldNotRoute: 7003,
  authentication: 10000,
} as const

/** OURS: which codes Cloudflare uses for these rules is not published. Show the message; do not decide by them. */
export const ourCodes = {
  missingField: 1101,
  nameTaken: 1102,
  endpointNotYours: 1103,
  badAddress: 1104,
  badInterfaceAddress: 1105,
  subnetOverlap: 1106,
  badInterfaceAddress6: 1107,
  badHealthCheck: 1108,
  badAsn: 1109,
  badPrefix: 1110,
  badMd5Key: 1111,
  badFqdnId: 1112,
  fqdnIdTaken: 1113,
  returnRoutingNotEnabled: 1114,
  emptyPsk: 1115,
  duplicateId: 1116,
  rateLimited: 10429,
} as const

const documentationUrl =
  'https://developers.cloudflare.com/cloudflare-wan/configuration/manually/how-to/configure-tunnel-endpoints/'

/** A rule that a value breaks, with a JSON Pointer into the request body. */
export function ruleBroken(code: number, pointer: string, message: string): ApiError {
  return { code, message, documentation_url: documentationUrl, source: { pointer } }
}

/** Thrown by verbs, turned into the envelope by the app's one `onError`. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode
  readonly errors: ApiError[]

  constructor(status: ContentfulStatusCode, errors: ApiError[]) {
    super(errors.map((error) => error.message).join('; '))
    this.status = status
    this.errors = errors
  }
}

export function tunnelNotFound(): Refusal {
  return new Refusal(404, [{ code: codes.tunnelNotFound, message: 'IPsec tunnel not found' }])
}

export function noRoute(path: string): Refusal {
  return new Refusal(404, [
    {
      code: codes.couldNotRoute,
      message: `Could not route to ${path}, perhaps your object identifier is invalid?`,
    },
    { code: codes.noRouteForUri, message: 'No route for that URI' },
  ])
}

export function authenticationFailed(): Refusal {
  return new Refusal(403, [{ code: codes.authentication, message: 'Authentication error' }])
}

/** Throws when there is anything to say. */
export function refuseIfAny(errors: ApiError[]): void {
  if (errors.length > 0) throw new Refusal(400, errors)
}
