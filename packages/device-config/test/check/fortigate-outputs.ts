import { fqdn } from './world.ts'

/** Outputs of a FortiGate in the shape of public ones (FortiOS 5.6 to 7.6), with our addresses and keys that are none. */
export const keys = ['0badc0de0badc0de0badc0de0badc0de', 'feedfacefeedfacefeedfacefeedface', '5ca1ab1e5ca1ab1e']

interface Gateway {
  name?: string
  version?: string
  peer?: string
  counts?: string
  status?: string
  proposal?: string
  lifetime?: string
  peerId?: string
}

export const gateway = (more: Gateway = {}) => `
vd: root/0
name: ${more.name ?? 'to-cloudflare'}
version: ${more.version ?? '2'}
interface: wan1 5
addr: 162.159.135.77:4500 -> ${more.peer ?? '162.159.135.10'}:4500
tun_id: ${more.peer ?? '162.159.135.10'}/::10.0.0.7
remote_location: 0.0.0.0
network-id: 0
transport: UDP
created: 4376s ago
peer-id: ${more.peerId ?? '162.159.135.10'}
peer-id-auth: no
nat: me
PPK: no
IKE SA: created ${more.counts ?? '1/2  established 1/2'}  time 20/45/70 ms
IPsec SA: created ${more.counts ?? '1/3  established 1/3'}  time 0/35/70 ms

  id/spi: 47 45f2c1131891d3ce/5132fa7ea1ca31db
  direction: initiator
  status: ${more.status ?? 'established 110-110s ago = 70ms'}
  proposal: ${more.proposal ?? 'aes256gcm'}
  child: no
  SK_ei: ${keys[0]}
  SK_er: ${keys[1]}
  SK_ai: 
  SK_ar: 
  PPK: no
  message-id sent/recv: 2/3
  QKD: no
  lifetime/rekey: ${more.lifetime ?? '86400'}/42789
  DPD sent/recv: 00000000/00000000
`

interface Tunnel {
  name?: string
  peer?: string
  sa?: string
  selector?: string
  window?: string
  esp?: string
  ah?: string
  lifetime?: string
}

export const tunnel = (more: Tunnel = {}) => `
------------------------------------------------------
name=${more.name ?? 'to-cloudflare'} ver=2 serial=2 162.159.135.77:0->${more.peer ?? '162.159.135.10'}:0 tun_id=10.0.0.2 tun_id6=::10.0.0.2 dst_mtu=1500 dpd-link=on weight=1
bound_if=6 lgwy=static/1 tun=intf/0 mode=auto/1 encap=none/520 options[0208]=npu frag-rfc  run_state=0 role=primary accept_traffic=1 overlay_id=0
proxyid_num=1 child_num=0 refcnt=4 ilast=43 olast=43 ad=/0
stat: rxp=7 txp=9 rxb=700 txb=900
dpd: mode=on-idle on=1 idle=20000ms retry=3 count=0 seqno=0
natt: mode=none draft=0 interval=0 remote_port=0
proxyid=to-cloudflare proto=0 sa=${more.sa ?? '1'} ref=3 serial=1 auto-negotiate
  src: 0:${more.selector ?? '0.0.0.0-255.255.255.255'}:0
  dst: 0:${more.selector ?? '0.0.0.0-255.255.255.255'}:0
  SA:  ref=3 options=18227 type=00 soft=0 mtu=1446 expire=2953/0B replaywin=${more.window ?? '0'}
       seqno=1 esn=0 replaywin_lastseq=00000000 qat=0 rekey=0 hash_search_len=1
  life: type=01 bytes=0/0 timeout=28501/${more.lifetime ?? '28800'}
  dec: spi=83391146 esp=${more.esp ?? 'aes-gcm key=36'} ${keys[0]}
       ah=${more.ah ?? 'null key=0'} ${keys[2]}
  enc: spi=09387f45 esp=${more.esp ?? 'aes-gcm key=36'} ${keys[1]}
       ah=${more.ah ?? 'null key=0'} ${keys[2]}
  dec:pkts/bytes=0/0, enc:pkts/bytes=0/0
  npu_flag=00 npu_rgwy=162.159.135.10 npu_lgwy=162.159.135.77 npu_selid=0 dec_npuid=0 enc_npuid=0
run_tally=0
`

export const summary = (up = '1/1', peer = '162.159.135.10:0') => `
'to-branch' 198.51.100.9:0  selectors(total,up): 2/2  rx(pkt,err): 5/0  tx(pkt,err): 5/0
'to-cloudflare' ${peer}  selectors(total,up): ${up}  rx(pkt,err): 83904/0  tx(pkt,err): 83904/5
`

export const phases = (more: { phase1?: string; phase2?: string } = {}) => `
config vpn ipsec phase1-interface
    edit "to-cloudflare"
        set interface "wan1"
        ${more.phase1 ?? 'set ike-version 2'}
        set peertype any
        set proposal aes256gcm-prfsha256
        set localid "${fqdn}"
        set dhgrp 20
        set remote-gw 162.159.135.10
        set psksecret ENC ${keys[0]}
    next
end
config vpn ipsec phase2-interface
    edit "to-cloudflare"
        set phase1name "to-cloudflare"
        set proposal aes256gcm
        ${more.phase2 ?? 'set dhgrp 20'}
        set replay disable
        set auto-negotiate enable
    next
end
`
