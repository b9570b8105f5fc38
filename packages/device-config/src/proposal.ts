/**
 * What both pages of Cloudflare that list algorithms allow, and recommend: AES-GCM with 256 bits, SHA-256, group 20
 * (docs/cloudflare.md, "IKE and IPsec"). Offered alone: a device that offers several groups makes the responder ask again.
 */
export const proposal = {
  encryption: 'AES-GCM-256 (16-byte tag)',
  /** For devices that have no GCM in IKE: with this, SHA-256 protects integrity. */
  otherEncryption: 'AES-CBC-256',
  hash: 'SHA-256',
  group: 20,
  /** Seconds. Cloudflare never begins a rekey, so the device's lifetimes are the tunnel's. */
  ikeLifetime: 86_400,
  childLifetime: 28_800,
  /** Seconds between two questions to a silent peer, and until it counts as gone. */
  dpdInterval: 30,
  dpdTimeout: 120,
  /** Bytes. ESP takes up to 73 of 1500, and some of the way may be narrower. */
  mtu: 1400,
  mss: 1360,
} as const

/** Seconds. Cloudflare's hold time on tunnels is 90; the lower of both counts, and 0 is refused. */
export const bgpTimers = { keepalive: 30, hold: 90, retry: 10 } as const
