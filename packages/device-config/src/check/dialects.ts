import { bgpSummary } from './dialects/bgp-summary.ts'
import { birdProtocols } from './dialects/bird.ts'
import { fortigate } from './dialects/fortigate.ts'
import { fortigateGateways } from './dialects/fortigate-gateways.ts'
import { fortigateSummary } from './dialects/fortigate-summary.ts'
import { fortigateTunnels } from './dialects/fortigate-tunnels.ts'
import { ikeLog } from './dialects/ike-log.ts'
import { iosConfig } from './dialects/ios-config.ts'
import { iosChildSas, iosSas } from './dialects/ios-sas.ts'
import { ipsecConf } from './dialects/ipsec-conf.ts'
import { panosConfig } from './dialects/panos-config.ts'
import { panosFlow, panosFlows } from './dialects/panos-flow.ts'
import { panosIkeDetail } from './dialects/panos-ike-detail.ts'
import { panosIkeSas } from './dialects/panos-ike-sas.ts'
import { panosIpsecSas } from './dialects/panos-ipsec-sas.ts'
import { panosGateways, panosTunnels } from './dialects/panos-settings.ts'
import { strongswanSas } from './dialects/strongswan-sas.ts'
import { swanctlConf } from './dialects/swanctl-conf.ts'
import type { Dialect } from './facts.ts'

/** Every kind of text that can be read, in the order in which people see them. */
export const dialects: readonly Dialect[] = [
  strongswanSas,
  swanctlConf,
  ipsecConf,
  ikeLog,
  iosSas,
  iosChildSas,
  iosConfig,
  fortigateGateways,
  fortigateTunnels,
  fortigateSummary,
  fortigate,
  panosIkeSas,
  panosIkeDetail,
  panosIpsecSas,
  panosFlows,
  panosFlow,
  panosGateways,
  panosTunnels,
  panosConfig,
  birdProtocols,
  bgpSummary,
]
