import type { Dialect } from '../facts.ts'

/** How differences are mended in swanctl.conf; `swanctl --load-all` then makes them count. */
export const swanctlMend: Dialect['mend'] = {
  peer: (expected) => `In the connection: remote_addrs = ${expected}`,
  'local-id': (expected) => `In its section local: id = ${expected}`,
  'remote-id': (expected) => `In its section remote: id = ${expected}`,
  ike: () => 'In the connection: proposals = aes256gcm16-prfsha256-ecp384',
  esp: () => 'In the child: esp_proposals = aes256gcm16-ecp384',
  selectors: () => 'In the child: local_ts = 0.0.0.0/0 and remote_ts = 0.0.0.0/0',
  replay: () => 'In the child: replay_window = 0',
  begins: () => 'In the child: start_action = start, dpd_action = restart and close_action = start',
  session: () => 'swanctl --initiate --child NAME shows why it does not come up. Paste what it says here.',
  child: () => 'swanctl --initiate --child NAME shows why it does not come up. Paste what it says here.',
}
