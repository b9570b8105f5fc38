import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

/** Each program that is needed, and the Debian package that has it. */
const programs = {
  ip: 'iproute2',
  ping: 'iputils-ping',
  swanctl: 'strongswan-swanctl',
  'charon-systemd': 'charon-systemd',
  bird: 'bird2',
  birdc: 'bird2',
  vtysh: 'frr',
  bgpd: 'frr',
} as const
export type Program = keyof typeof programs

/** What strongSwan loads for it, and the Debian package that has it: ESP without the kernel, and the groups of elliptic curves. */
const plugins = { 'kernel-libipsec': 'libcharon-extra-plugins', openssl: 'libstrongswan-standard-plugins' } as const

/** Where Debian keeps programs for root, which a person's PATH may lack. */
const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin', '/usr/lib/frr']

/** The path of a program, or `null`. */
export function placeOf(program: Program): string | null {
  return folders.map((folder) => path.join(folder, program)).find(isExecutable) ?? null
}

/**
 * Why the configurations cannot be tried on this machine, in words; empty where they can. Asking makes a network namespace and
 * takes it away again.
 */
export function lacking(): string[] {
  const missing = Object.entries(programs).filter(
    ([program]) => !folders.some((at) => isExecutable(path.join(at, program))),
  )
  const packages = [...new Set(missing.map(([, name]) => name))]
  if (process.platform !== 'linux') return ['this is not Linux']
  if (packages.length > 0) return [`these Debian packages are not installed: ${packages.join(' ')}`]
  const without = Object.entries(plugins).filter(
    ([plugin]) => !existsSync(`/usr/lib/ipsec/plugins/libstrongswan-${plugin}.so`),
  )
  if (without.length > 0)
    return [`these Debian packages are not installed: ${without.map(([, name]) => name).join(' ')}`]
  if (process.getuid?.() !== 0) return ['it needs root, for network namespaces']
  if (!existsSync('/dev/net/tun')) return ['there is no /dev/net/tun, which ESP in user space needs']
  return mayMakeNamespaces() ? [] : ['this process may not make network namespaces']
}

function mayMakeNamespaces(): boolean {
  const name = `probe-${process.pid}`
  const ip = placeOf('ip') ?? 'ip'
  const made = spawnSync(ip, ['netns', 'add', name], { stdio: 'ignore' }).status === 0
  spawnSync(ip, ['netns', 'delete', name], { stdio: 'ignore' })
  return made
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
