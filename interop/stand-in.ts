import type { Parameters } from '@tunnel-console/device-config/parameters'

/** The number that Cloudflare's side of a BGP session has. */
const asn = 13335

/** Written by itself, not by the templates: what Cloudflare's documentation says of its side. It answers and never begins. */
export function standInConnection({ cloudflare, device }: Parameters, identity: string, key: string): string {
  const bytes = Buffer.from(key, 'utf8').toString('hex')
  return `connections {
  customer {
    version = 2
    local_addrs = ${cloudflare.outside}
    remote_addrs = %any
    proposals = aes256gcm16-prfsha256-ecp384
    encap = yes
    local {
      auth = psk
      id = ${cloudflare.outside}
    }
    remote {
      auth = psk
      id = ${identity}
    }
    children {
      tunnel {
        local_ts = ${cloudflare.inside}/32
        remote_ts = ${device.inside}/32
        esp_proposals = aes256gcm16-ecp384
        start_action = none
      }
    }
  }
}
secrets {
  ike-customer {
    id-1 = ${identity}
    secret = 0x${bytes}
  }
}
`
}

/** The network that the stand-in announces. */
export const announced = '10.50.0.0/24'

export function standInBird({ cloudflare, device, bgp }: Parameters): string {
  return `log stderr all;
router id ${cloudflare.inside};
protocol device { }
protocol static own {
  ipv4;
  route ${announced} blackhole;
}
protocol bgp customer {
  local ${cloudflare.inside} as ${asn};
  neighbor ${device.inside} as ${bgp?.deviceAsn};
  multihop 2;
  passive yes;
  hold time 90;
  ipv4 {
    import all;
    export where source = RTS_STATIC;
  };
}
`
}
