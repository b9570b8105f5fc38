# Cloudflare IPsec tunnel: aws-eu-central-1-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: MikroTik RouterOS (untested), RouterOS 7
# Template 1, sources of 2026-11-28. UNTESTED: neither we nor Cloudflare have run it. Try it on a spare device first.
#
#                   Cloudflare            this device
# outside address   162.159.135.10        203.0.113.20
# inside address    169.254.240.2         169.254.240.1/30
# IKE identity      162.159.135.10        0123abcd89ab4cdef0123456789abcde.123456789.ipsec.cloudflare.com
#
# The device begins: Cloudflare only answers. Let UDP 500, UDP 4500 and ESP (IP protocol 50) through.
# DECIDE-1-NETWORKS: a network behind Cloudflare, such as 10.0.0.0/8.
# DECIDE-2-LAN-NETWORK: the network behind this router, such as 192.168.88.0/24.
#
# RouterOS has no tunnel interface for IPsec: policies choose the traffic. Health checks of type reply do not work.

/interface bridge add name=cf-0123abcd protocol-mode=none comment="Cloudflare aws-eu-central-1-a"
/ip address add address=169.254.240.1/32 interface=cf-0123abcd
/ip ipsec profile add name=cf-0123abcd enc-algorithm=aes-256 hash-algorithm=sha256 prf-algorithm=sha256 dh-group=ecp384 lifetime=86400s dpd-interval=30s dpd-maximum-failures=4 nat-traversal=yes
/ip ipsec proposal add name=cf-0123abcd enc-algorithms=aes-256-cbc auth-algorithms=sha256 pfs-group=ecp384 lifetime=28800s
/ip ipsec peer add name=cf-0123abcd address=162.159.135.10/32 exchange-mode=ike2 profile=cf-0123abcd
/ip ipsec identity add peer=cf-0123abcd auth-method=pre-shared-key secret="PASTE-KEY-HERE" my-id=fqdn:0123abcd89ab4cdef0123456789abcde.123456789.ipsec.cloudflare.com remote-id=address:162.159.135.10 generate-policy=no
# Health checks and BGP go between the inside addresses, your traffic between your networks.
/ip ipsec policy add peer=cf-0123abcd proposal=cf-0123abcd tunnel=yes level=unique action=encrypt src-address=169.254.240.1/32 dst-address=169.254.240.2/32
/ip ipsec policy add peer=cf-0123abcd proposal=cf-0123abcd tunnel=yes level=unique action=encrypt src-address=DECIDE-2-LAN-NETWORK dst-address=DECIDE-1-NETWORKS
/ip firewall mangle add chain=forward action=change-mss new-mss=1360 protocol=tcp tcp-flags=syn tcp-mss=1361-65535 ipsec-policy=in,ipsec passthrough=yes comment=cf-0123abcd
/ip firewall mangle add chain=forward action=change-mss new-mss=1360 protocol=tcp tcp-flags=syn tcp-mss=1361-65535 ipsec-policy=out,ipsec passthrough=yes comment=cf-0123abcd
# Traffic of the tunnel must not be translated: this rule stands before every masquerade.
/ip firewall nat add chain=srcnat action=accept ipsec-policy=out,ipsec place-before=0 comment=cf-0123abcd
/ip firewall filter add chain=input action=accept protocol=icmp ipsec-policy=in,ipsec place-before=0 comment=cf-0123abcd
# BGP tells Cloudflare of your networks. What it learns here changes nothing: policies choose, not routes.
/ip route add dst-address=169.254.240.2/32 gateway=cf-0123abcd
/ip firewall address-list add list=cf-0123abcd-lan address=DECIDE-2-LAN-NETWORK
/routing filter rule add chain=cf-0123abcd-in rule="reject"
/routing bgp connection add name=cf-0123abcd as=64512 router-id=169.254.240.1 local.role=ebgp local.address=169.254.240.1 remote.address=169.254.240.2/32 remote.as=13335 multihop=yes hold-time=90s keepalive-time=30s input.filter=cf-0123abcd-in output.network=cf-0123abcd-lan
/routing bgp connection set [find name=cf-0123abcd] tcp-md5-key="hub+session.2026"

# Clean up:
# /routing bgp connection remove [find name=cf-0123abcd]
# /routing filter rule remove [find chain=cf-0123abcd-in]
# /ip firewall address-list remove [find list=cf-0123abcd-lan]
# /ip route remove [find gateway=cf-0123abcd]
# /ip firewall mangle remove [find comment=cf-0123abcd]
# /ip firewall nat remove [find comment=cf-0123abcd]
# /ip firewall filter remove [find comment=cf-0123abcd]
# /ip ipsec policy remove [find peer=cf-0123abcd]
# /ip ipsec identity remove [find peer=cf-0123abcd]
# /ip ipsec peer remove [find name=cf-0123abcd]
# /ip ipsec profile remove [find name=cf-0123abcd]
# /ip ipsec proposal remove [find name=cf-0123abcd]
# /interface bridge remove [find name=cf-0123abcd]
