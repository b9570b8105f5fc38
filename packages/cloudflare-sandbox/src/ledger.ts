export interface LedgerEntry {
  at: string
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  /** Parsed JSON, or the text when it is not JSON. Keys are redacted. */
  body: unknown
  /** The status answered; `null` when the answer was withheld. */
  status: number | null
  /** Whether the request changed a tunnel or a key. */
  committed: boolean
}

/** The default mode of the product runs for weeks: the oldest entries go. */
const limit = 10_000

export function openEntry(ledger: LedgerEntry[], request: Request, text: string, at: Date): LedgerEntry {
  const url = new URL(request.url)
  const entry: LedgerEntry = {
    at: at.toISOString(),
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(request.headers),
    body: redactedBody(text),
    status: null,
    committed: false,
  }
  ledger.push(entry)
  if (ledger.length > limit) ledger.splice(0, ledger.length - limit)
  return entry
}

function redactedBody(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text, (key, value: unknown) => (key === 'psk' ? '[redacted]' : value))
  } catch {
    return text.replaceAll(/("psk"\s*:\s*)("(\\.|[^"\\])*"?|[^\s,}]+)/gi, '$1"[redacted]"')
  }
}
