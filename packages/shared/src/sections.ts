const inOrder = [
  { id: 'identity', title: 'Identity' },
  { id: 'endpoints', title: 'Endpoints', description: 'The outside addresses of the two ends.' },
  {
    id: 'inside',
    title: 'Inside addresses',
    description: 'The private addresses of the two ends, inside the tunnel.',
  },
  { id: 'health', title: 'Health check', description: 'Cloudflare’s probes decide whether traffic uses this tunnel.' },
  { id: 'bgp', title: 'BGP', description: 'Exchanges routes with the device over this tunnel.' },
  { id: 'protection', title: 'Protection' },
  { id: 'ike', title: 'IKE identity' },
] as const

export type SectionId = (typeof inOrder)[number]['id']

export interface Section {
  id: SectionId
  title: string
  description?: string
}

/** The parts of the form and of the configuration tab, in their order. */
export const sections: readonly Section[] = inOrder
