import { expect, test } from 'vitest'
import { check, fqdn, verdicts, wrong } from './world.ts'

const sas = (more: { status?: string; encr?: string; remote?: string } = {}) => `
branch-rtr#show crypto ikev2 sa detailed
 IPv4 Crypto IKEv2  SA

Tunnel-id Local                 Remote                fvrf/ivrf            Status
2         162.159.135.77/4500   198.51.100.9/4500     none/none            READY
      Encr: AES-CBC, keysize: 128, PRF: SHA1, Hash: SHA96, DH Grp:2, Auth sign: PSK, Auth verify: PSK
      Local id: other.example
      Remote id: 198.51.100.9
1         162.159.135.77/4500   ${more.remote ?? '162.159.135.10'}/4500   none/none            ${more.status ?? 'READY'}
      ${more.encr ?? 'Encr: AES-GCM, keysize: 256, PRF: SHA512, Hash: None, DH Grp:20, Auth sign: PSK, Auth verify: PSK'}
      Life/Active Time: 86400/512 sec
      Status Description: Negotiation done
      Local id: ${fqdn}
      Remote id: 162.159.135.10
      DPD configured for 10 seconds, retry 2
      Initiator of SA : Yes
`

test('the session of this tunnel is found among others by its identity', () => {
  const report = check(sas())
  expect(report.parts[0]).toMatchObject({ compared: 'Tunnel-id 1', passedOver: ['Tunnel-id 2'] })
  expect(verdicts(report)).toEqual([
    'session: fits',
    'version: fits',
    'peer: fits',
    'local-id: fits',
    'remote-id: fits',
    'ike: fits',
    'ike-lifetime: fits',
  ])
})

test('a session that is still negotiating with weak algorithms is told so', () => {
  const encr = 'Encr: 3DES, PRF: SHA1, Hash: SHA96, DH Grp:2, Auth sign: PSK, Auth verify: Unknown - 0'
  const found = wrong(check(sas({ status: 'IN-NEG', encr })))
  expect([...found.keys()]).toEqual(['session', 'ike'])
  expect(found.get('ike')?.yours).toBe('3DES, PRF SHA-1, DH group 2')
  expect(found.get('ike')?.mend).toMatch(/^crypto ikev2 proposal/)
})

const childSas = (replay: 'Y' | 'N', mask = '0.0.0.0') => `
interface: Tunnel1
    Crypto map tag: Tunnel1-head-0, local addr 162.159.135.77

   protected vrf: (none)
   local  ident (addr/mask/prot/port): (0.0.0.0/${mask}/0/0)
   remote ident (addr/mask/prot/port): (0.0.0.0/${mask}/0/0)
   current_peer 162.159.135.10 port 4500
     inbound esp sas:
      spi: 0x41D29A7C(1104321148)
        transform: esp-gcm 256 ,
        in use settings ={Tunnel, }
        replay detection support: ${replay}
        Status: ACTIVE(ACTIVE)
`

test('child SAs tell networks, algorithms and whether replays are checked for', () => {
  expect(verdicts(check(childSas('N')))).toEqual([
    'peer: fits',
    'child: fits',
    'esp: fits',
    'selectors: fits',
    'replay: fits',
  ])
  expect(wrong(check(childSas('Y'))).get('replay')).toMatchObject({ yours: 'replay detection Y', verdict: 'differs' })
  expect(wrong(check(childSas('Y'), { replay_protection: true })).size).toBe(0)
})

const config = (more: { replay?: string; mss?: string; ip?: string; identity?: string; asn?: string } = {}) => `
crypto ikev2 proposal CF-IKE
 encryption aes-cbc-256
 integrity sha512 sha384 sha256
 group 20
!
crypto ikev2 keyring CF-KEYS
 peer CLOUDFLARE
  address 162.159.135.10
  pre-shared-key CANARY-KEY-of-the-device
 !
!
crypto ikev2 profile CF-PROFILE
 match identity remote address 162.159.135.10 255.255.255.255
 identity local fqdn ${more.identity ?? fqdn}
 authentication remote pre-share
 authentication local pre-share key CANARY-KEY-of-the-device
 keyring local CF-KEYS
!
crypto ipsec transform-set CF-ESP esp-gcm 256
 mode tunnel
!
crypto ipsec profile CF-IPSEC
${more.replay ?? ' set security-association replay disable'}
 set transform-set CF-ESP
 set pfs group20
 set ikev2-profile CF-PROFILE
!
interface GigabitEthernet1
 ip address 162.159.135.77 255.255.255.0
!
interface Tunnel1
 ip address ${more.ip ?? '10.252.0.39'} 255.255.255.254
 ip mtu 1400
 ip tcp adjust-mss ${more.mss ?? '1360'}
 tunnel source GigabitEthernet1
 tunnel mode ipsec ipv4
 tunnel destination 162.159.135.10
 tunnel protection ipsec profile CF-IPSEC
!
router bgp ${more.asn ?? '65010'}
 neighbor 10.252.0.38 remote-as 13335
 neighbor 10.252.0.38 password CANARY-KEY-of-the-device
`

test('a running configuration is followed from the tunnel interface to its identity and algorithms', () => {
  const report = check(config())
  expect(report.parts[0]).toMatchObject({ title: 'Cisco IOS XE, show running-config', compared: 'Tunnel1' })
  expect(verdicts(report)).toEqual([
    'version: fits',
    'peer: fits',
    'local-id: fits',
    'remote-id: fits',
    'ike: fits',
    'esp: fits',
    'inside: fits',
    'replay: fits',
    'mss: fits',
    'bgp-neighbour: fits',
    'bgp-local-asn: fits',
    'bgp-remote-asn: fits',
  ])
  expect(report.unchecked.map(({ label }) => label)).toEqual([
    'IKE session',
    'IKE lifetime',
    'IPsec session (child SA)',
    'IPsec lifetime',
    'Networks that are carried',
    'Who begins',
    'BGP session',
  ])
})

test('each of its mistakes is named by itself', () => {
  const text = config({ replay: ' !', mss: '1420', ip: '10.252.0.38', identity: 'branch.example', asn: '65011' })
  const found = wrong(check(text))
  expect([...found.keys()]).toEqual(['local-id', 'inside', 'replay', 'mss', 'bgp-local-asn'])
  expect(found.get('mss')).toMatchObject({ yours: '1420 bytes', expected: '1360 bytes or less' })
  expect(found.get('inside')).toMatchObject({ yours: '10.252.0.38', expected: '10.252.0.39' })
  expect(found.get('local-id')?.why).toContain('Cloudflare takes any of')
})

test('lifetimes that are far from the usual are doubts, each with the command that mends it', () => {
  const text = config({
    replay: ' set security-association lifetime seconds 900\n set security-association replay disable',
  })
  const found = wrong(check(text.replace(' keyring local', ' lifetime 172800\n keyring local')))
  expect([...found].map(([topic, { verdict, yours }]) => [topic, verdict, yours])).toEqual([
    ['ike-lifetime', 'doubt', '48 hours'],
    ['child-lifetime', 'doubt', '15 minutes'],
  ])
  expect(found.get('ike-lifetime')?.mend).toBe('crypto ikev2 profile …: lifetime 86400')
})

test('a key in a pasted configuration is in no part of the answer', () => {
  expect(config()).toContain('CANARY-KEY')
  expect(JSON.stringify(check(config()))).not.toContain('CANARY')
})
