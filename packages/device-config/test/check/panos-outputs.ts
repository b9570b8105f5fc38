import { fqdn } from './world.ts'

/** Outputs of PAN-OS in the shape of public ones (PAN-OS 8 to 11), with our addresses. */
const ikeHead = `
There is no IKEv1 phase-1 SA found.

There is no IKEv1 phase-2 SA found.


IKEv2 SAs
Gateway ID      Peer-Address           Gateway Name           Role SN       Algorithm             Established     Expiration      Xt Child  ST
----------      ------------           ------------           ---- --       ---------             -----------     ----------      -- -----  --
`

interface IkeSa {
  peer?: string
  algorithm?: string
  state?: string
  child?: string
}

export const ikeSas = (more: IkeSa = {}) => `${ikeHead}
1               198.51.100.9           to-branch              Resp 3        PSK/ DH2/A128/SHA1    Jun.04 21:09:13 Jun.05 05:09:13 0  1      Established
2               ${more.peer ?? '162.159.135.10'}         CF_Gateway_01          Init 67       ${more.algorithm ?? 'PSK/DH20/A256/SHA256'}  Jun.04 21:09:13 Jun.05 05:09:13 0  1      ${more.state ?? 'Established'}

IKEv2 IPSec Child SAs
Gateway Name           TnID     Tunnel                    ID       Parent   Role SPI(in)  SPI(out) MsgID    ST
------------           ----     ------                    --       ------   ---- -------  -------- -----    --
CF_Gateway_01          2        CF_Tunnel_01              322550   67       Init FCAEE176 1EF41BA9 000007B4 ${more.child ?? 'Mature'}

Show IKEv2 SA: Total 2 gateways found. 2 ike sa found.
`

export const ikeV1 = `
IKEv1 phase-1 SAs
GwID/client IP  Peer-Address           Gateway Name                        Role Mode Algorithm             Established     Expiration      V  ST Xt Phase2
--------------  ------------           ------------                        ---- ---- ---------             -----------     ----------      -  -- -- ------
1               162.159.135.10         CF_Gateway_01                       Init Main PSK/DH14/A128/SHA1    Jul.31 01:35:00 Jul.31 09:35:00 v1 13 1  1

Show IKEv1 IKE SA: Total 1 gateways found. 1 ike sa found.

There is no IKEv2 SA found.
`

export const noSas = `
There is no IKEv1 phase-1 SA found.

There is no IKEv1 phase-2 SA found.

There is no IKEv2 SA found.
`

interface Detail {
  local?: string
  remote?: string
  proposal?: string
  state?: string
  child?: string
  networks?: string
}

export const ikeDetail = (more: Detail = {}) => `
IKE Gateway CF_Gateway_01, ID 1 192.168.1.10 => 162.159.135.10
  Current time: Mar.11 12:17:42

IKE SA:
  SPI:  57D57B99A1063996:B53D13349D134568  Init
        State:      ${more.state ?? 'Established'}
        SN:         1
        Authentication:  PSK, peer PSK
        Proposal:   ${more.proposal ?? 'AES256-CBC/SHA256/DH20'}
        ID local:   ${more.local ?? `fqdn:${fqdn}`}
           remote:  ${more.remote ?? 'ipaddr:162.159.135.10'}
        ID_i:       FQDN:${fqdn}
        ID_r:       IPv4_address:162.159.135.10
        NAT:        ME
        Message ID: rx 0, tx 142
        Liveness check: sending informational packet after idle 5 seconds
        Created:    Mar.11 12:06:00, 11 minutes 43 seconds ago
        Expires:    Mar.11 20:06:00, rekey in 6 hours 24 minutes 53 seconds (23796 sec)

  Child SA 1:
        Tunnel 1    CF_Tunnel_01
        Type:       ESP       Init
        State:      ${more.child ?? 'Mature'}
        Message ID: 00000001
        Parent SN:  1
        SPI:        DC741738 : 834DBC59
        Algorithm:  AES256-CBC/SHA256/DH20
        TS local:   Proto:any, ${more.networks ?? '0.0.0.0-255.255.255.255'}, Ports:any
        TS remote:  Proto:any, ${more.networks ?? '0.0.0.0-255.255.255.255'}, Ports:any
        Created:    Mar.11 12:06:00, 11 minutes 43 seconds ago

  Child SA 141:
        Type:       INFO
        State:      Expired
        Message ID: 0000008D
        Parent SN:  1
`

export const ipsecSas = (more: { peer?: string; algorithm?: string; life?: string } = {}) => `
GwID/client IP  TnID   Peer-Address           Tunnel(Gateway)                                Algorithm          SPI(in)  SPI(out) life(Sec/KB)             remain-time(Sec)
--------------  ----   ------------           ---------------                                ---------          -------  -------- ------------             ----------------
1               1      198.51.100.9           to-branch:lan(to-branch-gw)                    ESP/A128/SHA1      C94D2F01 01A3B9D2 3600/Unlimited           1200
2               2      ${more.peer ?? '162.159.135.10'}         CF_Tunnel_01(CF_Gateway_01)                    ${more.algorithm ?? 'ESP/A256/SHA256'}    B5D09AB8 9FA69407 ${more.life ?? '28800/Unlimited          23445'}

Show IPSec SA: Total 2 tunnels found. 2 ipsec sa found.
`

export const flows = (more: { peer?: string; state?: string } = {}) => `
total tunnels configured:                                     2
filter - type IPSec, state any

id    name                          state   monitor local-ip                      peer-ip                       tunnel-i/f
--    ----                          -----   ------- --------                      -------                       ----------
1     to-branch:lan                 active  up      203.0.113.20                  198.51.100.9                  tunnel.1
2     CF_Tunnel_01                  ${more.state ?? 'active'}  off     203.0.113.20                  ${more.peer ?? '162.159.135.10'}                tunnel.2
`

export const flow = (more: { peer?: string; state?: string; replay?: string; proxy?: string } = {}) => `
tunnel  CF_Tunnel_01
        id:                     2
        type:                   IPSec
        gateway id:             2
        local ip:               203.0.113.20
        peer ip:                ${more.peer ?? '162.159.135.10'}
        inner interface:        tunnel.2
        outer interface:        ethernet1/1
        state:                  ${more.state ?? 'active'}
        session:                568665
        tunnel mtu:             1432
        soft lifetime:          28749
        hard lifetime:          28800
        lifetime remain:        2154 sec
        monitor:                off
        local spi:              A7DA9F8C
        remote spi:             E2B50F95
        key type:               auto key
        protocol:               ESP
        auth algorithm:         SHA256
        enc  algorithm:         AES256
        proxy-id:
          local ip:             ${more.proxy ?? '0.0.0.0/0'}
          remote ip:            ${more.proxy ?? '0.0.0.0/0'}
          protocol:             0
        anti replay check:      ${more.replay ?? 'no'}
        copy tos:               no
        authentication errors:  0
`

export const gateways = (algorithms = '[PSK][DH20][AES256][SHA256]', protocol = 'IKEv2') => `
GwID     Name                 Peer-Address/ID                Local Address/ID               Protocol    Proposals
----     ----                 ---------------                ----------------               --------    ---------
1        to-branch            198.51.100.9                   203.0.113.20                   IKEv1       [PSK][DH2][AES128][SHA1]360-sec
2        CF_Gateway_01        162.159.135.10(ipaddr:162.159. 203.0.113.20(fqdn:0123456789ab ${protocol}       ${algorithms}28800-sec

Show IKE gateway config: Total 2 gateways found.
`

export const tunnels = (algorithms = '[DH20][AES256][SHA256]', local = '0.0.0.0/0') => `
TnID    Name(Gateway)                        Local Proxy IP     Ptl:Port      Remote Proxy IP    Ptl:Port                                   Proposals
-----------------------------------------------------------------------------------------------------------------------------------------------------
2          CF_Tunnel_01(CF_Gateway_01)       ${local}          0:0           0.0.0.0/0          0:0         ESP tunl ${algorithms}      28800-sec

Show IPSec tunnel config: Total 1 tunnels found
`
