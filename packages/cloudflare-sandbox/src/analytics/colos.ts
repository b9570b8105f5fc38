import { hash32 } from '../hash.ts'
import type { Region, StoredTunnel } from '../state.ts'

/** A Cloudflare data centre, named for its airport. */
export interface Colo {
  code: string
  city: string
  country: string
  region: string
}

const colo = (code: string, city: string, country: string, region: string): Colo => ({ code, city, country, region })

const colosByRegion: Record<Region, Colo[]> = {
  eu: [
    colo('AMS', 'Amsterdam', 'NL', 'WEUR'),
    colo('FRA', 'Frankfurt', 'DE', 'WEUR'),
    colo('CDG', 'Paris', 'FR', 'WEUR'),
    colo('LHR', 'London', 'GB', 'WEUR'),
    colo('MAD', 'Madrid', 'ES', 'WEUR'),
    colo('MXP', 'Milan', 'IT', 'WEUR'),
    colo('ARN', 'Stockholm', 'SE', 'EEUR'),
    colo('WAW', 'Warsaw', 'PL', 'EEUR'),
  ],
  us: [
    colo('EWR', 'Newark', 'US', 'ENAM'),
    colo('ORD', 'Chicago', 'US', 'ENAM'),
    colo('IAD', 'Ashburn', 'US', 'ENAM'),
    colo('DFW', 'Dallas', 'US', 'WNAM'),
    colo('LAX', 'Los Angeles', 'US', 'WNAM'),
    colo('YYZ', 'Toronto', 'CA', 'ENAM'),
    colo('MIA', 'Miami', 'US', 'ENAM'),
    colo('GRU', 'São Paulo', 'BR', 'SAM'),
  ],
  apac: [
    colo('SIN', 'Singapore', 'SG', 'APAC'),
    colo('NRT', 'Tokyo', 'JP', 'APAC'),
    colo('SYD', 'Sydney', 'AU', 'OC'),
    colo('HKG', 'Hong Kong', 'HK', 'APAC'),
    colo('BOM', 'Mumbai', 'IN', 'APAC'),
    colo('KIX', 'Osaka', 'JP', 'APAC'),
    colo('ICN', 'Seoul', 'KR', 'APAC'),
    colo('MEL', 'Melbourne', 'AU', 'OC'),
  ],
}

/** Share of a tunnel's traffic that each of its data centres carries; the last three only probe it. */
export const trafficShares = [0.36, 0.25, 0.18, 0.12, 0.09, 0, 0, 0] as const

/** The eight data centres of a tunnel, busiest first. */
export function colosOf(tunnel: StoredTunnel): Colo[] {
  const colos = colosByRegion[tunnel.story.region]
  const start = hash32(tunnel.id) % colos.length
  return [...colos.slice(start), ...colos.slice(0, start)]
}
