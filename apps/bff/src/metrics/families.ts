/** What `/metrics` tells: the help text and type of each name, by the conventions of Prometheus. The rest of a name is its unit. */
export const families = {
  tunnel_console_tunnel_state: [
    'gauge',
    'The state that a tunnel is in, as a label. A tunnel has one series, whose value is 1.',
  ],
  tunnel_console_tunnel_bgp_state: [
    'gauge',
    'The state of the BGP session of a tunnel that has one, as a label. The value is 1.',
  ],
  tunnel_console_tunnel_key_age_seconds: [
    'gauge',
    'Time since the pre-shared key of a tunnel was made. Missing where there is no key or no date.',
  ],
  tunnel_console_tunnels: ['gauge', 'Tunnels in each state.'],
  tunnel_console_source_age_seconds: [
    'gauge',
    'Time since this source was last read. Missing before the first reading.',
  ],
  tunnel_console_source_ok: [
    'gauge',
    'Whether this source is as new as it should be: 1, or 0 when it fails or is late.',
  ],
  tunnel_console_upstream_requests_total: [
    'counter',
    'Requests to Cloudflare by kind of operation and by result, ok or the code of the problem.',
  ],
  tunnel_console_upstream_ratelimit_remaining: [
    'gauge',
    'Requests that Cloudflare still takes in this window. Missing while that is not known.',
  ],
  tunnel_console_upstream_ratelimit_reset_seconds: ['gauge', 'Time until the window of the rate limit ends.'],
  tunnel_console_jobs: ['gauge', 'Jobs in each state.'],
  tunnel_console_sessions: ['gauge', 'Sessions of people that have not run out.'],
  tunnel_console_database_up: ['gauge', 'Whether the database answered: 1, or 0.'],
  tunnel_console_info: ['gauge', 'How the console runs, as labels. The value is 1.'],
  process_cpu_seconds_total: ['counter', 'User and system CPU time spent in seconds.'],
  process_resident_memory_bytes: ['gauge', 'Resident memory size in bytes.'],
  process_start_time_seconds: ['gauge', 'Start time of the process since the Unix epoch in seconds.'],
  nodejs_eventloop_delay_p99_seconds: ['gauge', 'The 99th percentile of how late timers were since the last scrape.'],
} as const satisfies Record<string, readonly ['gauge' | 'counter', string]>

export type FamilyName = keyof typeof families

/** One line of a family. */
export interface Sample {
  labels?: Readonly<Record<string, string>>
  value: number
}

/** The lines above the samples of a family. */
export function headOf(name: FamilyName): string {
  const [type, help] = families[name]
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`
}

/** A sample as a line of the text format. A name of Cloudflare's may hold anything, so labels are escaped (S60). */
export function lineOf(name: FamilyName, { labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
}

const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }

function escaped(text: string): string {
  return text.toWellFormed().replace(/[\\"\n]/g, (character) => escapes[character] ?? character)
}
