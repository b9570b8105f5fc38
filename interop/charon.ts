import type { Lab, Said } from './lab.ts'
import { until } from './lab.ts'

/** strongSwan in a namespace: what it is told by `swanctl`, and what it logs. */
export interface Charon {
  /** Loads the connections and secrets of a file. */
  load: (file: string) => Said
  swanctl: (...args: string[]) => Said
  logFile: string
}

/**
 * Starts strongSwan with ESP in user space, since few kernels of build machines have it, and waits for it to listen.
 * `extra` is one more file for strongswan.conf.
 */
export async function startCharon(lab: Lab, name: string, namespace: string, extra?: string): Promise<Charon> {
  const socket = `unix://${lab.file(name, 'vici')}`
  const logFile = lab.file(name, 'charon.log')
  const settings = lab.write(lab.file(name, 'strongswan.conf'), strongswanConf(socket, logFile, extra))
  lab.start('charon-systemd', [], namespace, { STRONGSWAN_CONF: settings })
  const swanctl = (...args: string[]) =>
    lab.run('swanctl', [...args, '--uri', socket], namespace, { STRONGSWAN_CONF: settings })
  await until(
    `strongSwan of ${name} listens`,
    () => (swanctl('--stats').status === 0 ? true : null),
    () => swanctl('--stats').text,
  )
  return { swanctl, logFile, load: (file) => swanctl('--load-all', '--file', file) }
}

function strongswanConf(socket: string, logFile: string, extra?: string): string {
  return `charon-systemd {
  load = random nonce aes sha1 sha2 hmac kdf gcm openssl pem x509 constraints pubkey socket-default kernel-libipsec kernel-netlink vici updown
  install_routes = yes
  filelog {
    file {
      path = ${logFile}
      default = 1
      ike = 2
      flush_line = yes
    }
  }
  journal {
    default = -1
  }
  plugins {
    vici {
      socket = ${socket}
    }
    kernel-libipsec {
      allow_peer_ts = yes
    }
    kernel-netlink {
      fwmark = !0x42
    }
    socket-default {
      fwmark = 0x42
    }
  }
}
swanctl {
  load = random openssl
}
${extra === undefined ? '' : `include ${extra}\n`}`
}
