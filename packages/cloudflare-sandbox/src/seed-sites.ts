import type { BgpStory, HealthStory, Region } from './state.ts'

export interface SeedBgp {
  asn: number
  state?: BgpStory
  md5?: string
  extra?: string[]
}

/** One tunnel of a site; what it leaves out, the site says. */
export interface SeedLeg {
  isp: string
  health?: HealthStory
  /** Minutes since the story began. */
  since?: number
  /** Days since the key was set; `null` for no key. */
  keyAge?: number | null
  createdDaysAgo?: number
  modifiedDaysAgo?: number
  checked?: boolean
  bgp?: SeedBgp
  /** Label of a custom IKE identity. */
  label?: string
}

export interface SeedSite {
  site: string
  place: string
  device: string
  region: Region
  kind?: 'meraki' | 'aws' | 'azure' | 'gcp'
  rate?: 'low' | 'mid' | 'high'
  bgp?: SeedBgp
  legs: SeedLeg[]
}

const transit = ['0.0.0.0/0', '100.96.0.0/12']

/** One company: three data centres, four cloud hubs, and its branches. Each leg is a tunnel, -a, -b and so on. */
export const seedSites: SeedSite[] = [
  {
    site: 'ams-dc1',
    place: 'Amsterdam data centre (Equinix AM5)',
    device: 'Juniper SRX1500',
    region: 'eu',
    rate: 'high',
    bgp: { asn: 64521, extra: transit },
    legs: [
      { isp: 'Eurofiber', keyAge: 48, createdDaysAgo: 790 },
      { isp: 'Lumen', keyAge: 48, createdDaysAgo: 790 },
    ],
  },
  {
    site: 'fra-dc1',
    place: 'Frankfurt data centre (Interxion FRA11)',
    device: 'Cisco Catalyst 8500',
    region: 'eu',
    rate: 'high',
    bgp: { asn: 64522, md5: 'fra-dc1.core/2024', extra: transit },
    legs: [
      { isp: 'DE-CIX transit', keyAge: 96, createdDaysAgo: 702 },
      { isp: 'Telia', keyAge: 402, createdDaysAgo: 702 },
    ],
  },
  {
    site: 'lon-dc2',
    place: 'London data centre (Telehouse North)',
    device: 'Palo Alto PA-3420',
    region: 'eu',
    rate: 'high',
    legs: [
      { isp: 'BT', keyAge: 31, createdDaysAgo: 388, bgp: { asn: 64523, md5: 'lon2 session' } },
      { isp: 'Zayo', keyAge: 31, createdDaysAgo: 388, bgp: { asn: 64523, md5: 'lon2 session', state: 'opening' } },
    ],
  },
  {
    site: 'aws-eu-west-1',
    place: 'AWS Ireland',
    device: 'Transit Gateway tgw-0a41',
    region: 'eu',
    kind: 'aws',
    legs: [
      { isp: 'VPN tunnel 1', keyAge: 121, createdDaysAgo: 420, bgp: { asn: 64512 } },
      { isp: 'VPN tunnel 2', keyAge: 121, createdDaysAgo: 420, bgp: { asn: 64512 } },
    ],
  },
  {
    site: 'aws-us-east-1',
    place: 'AWS N. Virginia',
    device: 'Transit Gateway tgw-07c9',
    region: 'us',
    kind: 'aws',
    legs: [
      { isp: 'VPN tunnel 1', keyAge: 64, createdDaysAgo: 260, bgp: { asn: 64513 } },
      { isp: 'VPN tunnel 2', keyAge: 64, createdDaysAgo: 260, bgp: { asn: 64513, state: 'down' } },
    ],
  },
  {
    site: 'azure-westeurope',
    place: 'Azure West Europe',
    device: 'VPN gateway hub-vng (active/active)',
    region: 'eu',
    kind: 'azure',
    legs: [
      { isp: 'instance 0', keyAge: 210, createdDaysAgo: 512, bgp: { asn: 65515 } },
      { isp: 'instance 1', keyAge: 210, createdDaysAgo: 512, bgp: { asn: 65515 } },
    ],
  },
  {
    site: 'gcp-europe-west4',
    place: 'Google Cloud Netherlands',
    device: 'Cloud VPN gateway',
    region: 'eu',
    kind: 'gcp',
    legs: [
      { isp: 'interface 0', keyAge: 12, createdDaysAgo: 12 },
      { isp: 'interface 1', keyAge: 12, createdDaysAgo: 12 },
    ],
  },
  {
    site: 'rotterdam',
    place: 'Rotterdam warehouse',
    device: 'Fortinet 100F',
    region: 'eu',
    legs: [
      { isp: 'ISP KPN', keyAge: 187, createdDaysAgo: 650 },
      { isp: 'ISP Ziggo', keyAge: 187, createdDaysAgo: 650 },
    ],
  },
  {
    site: 'hamburg',
    place: 'Hamburg port office',
    device: 'Fortinet 60F',
    region: 'eu',
    legs: [
      { isp: 'ISP Deutsche Telekom', keyAge: 77, label: 'hamburg-velo' },
      { isp: 'ISP Vodafone cable', keyAge: 77, label: 'hamburg-velo' },
    ],
  },
  {
    site: 'paris',
    place: 'Paris La Défense office',
    device: 'Palo Alto PA-440',
    region: 'eu',
    legs: [
      { isp: 'ISP Orange', keyAge: 154 },
      { isp: 'ISP SFR', keyAge: 154, health: 'down', since: 23 },
    ],
  },
  {
    site: 'madrid',
    place: 'Madrid distribution centre',
    device: 'Cisco ISR 1161',
    region: 'eu',
    legs: [
      { isp: 'ISP Telefónica', keyAge: 260 },
      { isp: 'ISP Orange España, 4G backup', keyAge: 260, health: 'degraded', since: 95 },
    ],
  },
  {
    site: 'milan',
    place: 'Milan showroom',
    device: 'UniFi Dream Machine Pro',
    region: 'eu',
    legs: [{ isp: 'ISP Fastweb', keyAge: 33, health: 'flapping', since: 180 }],
  },
  {
    site: 'warsaw',
    place: 'Warsaw shared services',
    device: 'Fortinet 200F',
    region: 'eu',
    legs: [
      { isp: 'ISP Orange Polska', keyAge: 58, health: 'recovering', since: 12 },
      { isp: 'ISP Netia', keyAge: 58 },
    ],
  },
  {
    site: 'stockholm',
    place: 'Stockholm design studio',
    device: 'VyOS 1.4 on Protectli',
    region: 'eu',
    legs: [{ isp: 'ISP Bahnhof', keyAge: 800, createdDaysAgo: 812, modifiedDaysAgo: 600 }],
  },
  {
    site: 'dublin',
    place: 'Dublin office',
    device: 'SonicWall TZ470',
    region: 'eu',
    legs: [
      { isp: 'ISP Eir', keyAge: 45 },
      { isp: 'ISP Virgin Media, ordered, key to follow', keyAge: null, createdDaysAgo: 2, modifiedDaysAgo: 2 },
    ],
  },
  {
    site: 'lisbon',
    place: 'Lisbon pop-up store',
    device: 'Ubiquiti Cloud Gateway Max',
    region: 'eu',
    legs: [{ isp: 'ISP MEO', health: 'silent', since: 4, keyAge: 0, createdDaysAgo: 0, modifiedDaysAgo: 0 }],
  },
  {
    site: 'newyork',
    place: 'New York headquarters',
    device: 'Juniper SRX345',
    region: 'us',
    bgp: { asn: 64531 },
    legs: [
      { isp: 'ISP Verizon Fios', keyAge: 140, createdDaysAgo: 733 },
      { isp: 'ISP Spectrum Enterprise', keyAge: 140, createdDaysAgo: 733, bgp: { asn: 64531, state: 'connecting' } },
    ],
  },
  {
    site: 'chicago',
    place: 'Chicago plant',
    device: 'Cisco Catalyst 8200',
    region: 'us',
    legs: [
      { isp: 'ISP Comcast', keyAge: 91, health: 'colo-down', since: 41 },
      { isp: 'ISP AT&T', keyAge: 91 },
    ],
  },
  {
    site: 'dallas',
    place: 'Dallas lab',
    device: 'strongSwan on Debian 12',
    region: 'us',
    legs: [{ isp: 'ISP AT&T, ICMP filtered by the carrier', keyAge: 22, checked: false }],
  },
  {
    site: 'toronto',
    place: 'Toronto call centre',
    device: 'Fortinet 80F',
    region: 'us',
    legs: [{ isp: 'ISP Bell', keyAge: 366 }],
  },
  {
    site: 'saopaulo',
    place: 'São Paulo sales office',
    device: 'MikroTik CCR2004',
    region: 'us',
    legs: [{ isp: 'ISP Vivo', keyAge: 505, health: 'down', since: 187 }],
  },
  {
    site: 'singapore',
    place: 'Singapore regional office',
    device: 'Palo Alto PA-460',
    region: 'apac',
    bgp: { asn: 64541, extra: ['100.64.0.0/12'] },
    legs: [
      { isp: 'ISP Singtel', keyAge: 18 },
      { isp: 'ISP StarHub', keyAge: 18 },
    ],
  },
  {
    site: 'tokyo',
    place: 'Tokyo office',
    device: 'Yamaha RTX1300',
    region: 'apac',
    legs: [{ isp: 'ISP NTT', keyAge: 233, health: 'degraded', since: 1500 }],
  },
  {
    site: 'sydney',
    place: 'Sydney store',
    device: 'Meraki MX85',
    region: 'apac',
    kind: 'meraki',
    legs: [
      { isp: 'ISP Telstra', keyAge: 302 },
      { isp: 'ISP Optus', keyAge: 302 },
    ],
  },
  {
    site: 'utrecht-store-014',
    place: 'Utrecht store 014',
    device: 'Meraki MX68',
    region: 'eu',
    kind: 'meraki',
    legs: [{ isp: 'ISP Odido', keyAge: 3, createdDaysAgo: 3, modifiedDaysAgo: 3 }],
  },
  {
    site: 'mumbai',
    place: 'Mumbai engineering centre',
    device: 'Aruba EdgeConnect EC-S',
    region: 'apac',
    legs: [{ isp: 'planned for next quarter', keyAge: null, checked: false, createdDaysAgo: 9, modifiedDaysAgo: 9 }],
  },
]
