import type { SandboxState } from '@tunnel-console/cloudflare-sandbox'
import { type Switches, switches } from '@tunnel-console/cloudflare-sandbox/switches'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { z } from 'zod'

type Tunnel = SandboxState['tunnels'][number]
type Story = Tunnel['story']
/** A field that is forgotten here is a type error. */
type Fields<T> = Record<keyof T, z.ZodType>

const text = z.string()
const id = text.refine(isTunnelId)
const moment = text.refine((at) => !Number.isNaN(Date.parse(at)))
const health = ['up', 'degraded', 'colo-down', 'down', 'flapping', 'recovering', 'silent', 'new'] as const
const bgp = ['up', 'down', 'connecting', 'opening'] as const
const regions = ['eu', 'us', 'apac'] as const

const story = {
  health: z.enum(health satisfies readonly Story['health'][]),
  bgp: z.enum(bgp satisfies readonly Story['bgp'][]),
  since: moment,
  region: z.enum(regions satisfies readonly Story['region'][]),
  keyedOn: moment.optional(),
  bgpOn: moment.optional(),
  namedOn: moment.optional(),
} satisfies Fields<Story>

const healthCheck = {
  enabled: z.boolean(),
  rate: text,
  type: text,
  direction: text,
  target: text,
} satisfies Fields<Tunnel['health_check']>

const session = {
  customer_asn: z.number(),
  extra_prefixes: z.array(text),
  md5_key: text,
  import_filter_id: text.optional(),
  export_filter_id: text.optional(),
} satisfies Fields<NonNullable<Tunnel['bgp']>>

const flagsOf = <Name extends string>(names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, z.boolean()])) as Record<Name, z.ZodBoolean>

const tunnel = {
  id,
  name: text,
  description: text,
  cloudflare_endpoint: text,
  customer_endpoint: text,
  interface_address: text,
  interface_address6: text,
  ...flagsOf(Object.keys(switches) as (keyof Switches)[]),
  health_check: z.object(healthCheck),
  bgp: z.object(session).nullable(),
  fqdn_id: text,
  created_on: moment,
  modified_on: moment,
  psk_metadata: z.object({ last_generated_on: moment.optional() }),
  story: z.object(story),
} satisfies Fields<Tunnel>

const route = {
  id,
  prefix: text,
  nexthop: text,
  priority: z.number(),
  weight: z.number().optional(),
  description: text,
  created_on: moment,
  modified_on: moment,
} satisfies Fields<SandboxState['routes'][number]>

const greTunnel = {
  id,
  name: text,
  description: text,
  cloudflare_gre_endpoint: text,
  customer_gre_endpoint: text,
  interface_address: text,
  ttl: z.number(),
  mtu: z.number(),
  created_on: moment,
  modified_on: moment,
} satisfies Fields<SandboxState['greTunnels'][number]>

const State = z.object({
  version: z.literal(1),
  endpoints: z.array(text),
  unifiedRouting: z.boolean(),
  tunnels: z.array(z.object(tunnel)),
  routes: z.array(z.object(route)),
  greTunnels: z.array(z.object(greTunnel)),
} satisfies Fields<SandboxState>)

/** Whether a value read from a file is a state that the sandbox can go on from: every field there, of its kind. */
export function isSandboxState(value: unknown): value is SandboxState {
  return State.safeParse(value).success
}
