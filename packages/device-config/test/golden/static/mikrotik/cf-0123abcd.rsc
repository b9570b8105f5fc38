# Cloudflare IPsec tunnel: rotterdam-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: MikroTik RouterOS (untested), RouterOS 7
# Template 1, sources of 2026-11-28. UNTESTED: neither we nor Cloudflare have run it. Try it on a spare device first.
#
#                   Cloudflare            this device
# outside address   162.159.135.10        203.0.113.20
# inside address    10.252.2.20           10.252.2.21/31
# IKE identity      162.159.135.10        0123abcd89ab4cdef0123456789abcde.123456789.ipsec.cloudflare.com
#
# The device begins: Cloudflare only answers. Let UDP 500, UDP 4500 and ESP (IP protocol 50) through.
# DECIDE-1-NETWORKS: a network behind Cloudflare, such as 10.0.0.0/8.
# DECIDE-2-LAN-NETWORK: the network behind this router, such as 192.168.88.0/24.
#
# RouterOS has no tunnel interface for IPsec: policies choose the traffic. Health checks of type reply do not work.

/interface bridge add name=cf-0123abcd protocol-mode=none comment="Cloudflare rotterdam-a"
/ip address add address=10.252.2.21/32 interface=cf-0123abcd
/ip ipsec profile add name=cf-0123abcd enc-algorithm=aes-256 hash-algorithm=sha256 prf-algorithm=sha256 dh-group=ecp384 lifetime=86400s dpd-interval=30s dpd-maximum-failures=4 nat-traversal=yes
/ip ipsec proposal add name=cf-0123abcd enc-algorithms=aes-256-cbc auth-algorithms=sha256 pfs-group=ecp384 lifetime=28800s
/ip ipsec peer add name=cf-0123abcd address=162.159.135.10/32 exchange-mode=ike2 profile=cf-0123abcd
/ip ipsec identity add peer=cf-0123abcd auth-method=pre-shared-key secret="PASTE-KEY-HERE" my-id=fqdn:0123abcd89ab4cdef0123456789abcde.123456789.ipsec.cloudflare.com remote-id=address:162.159.135.10 generate-policy=no
# Health checks and BGP go between the inside addresses, your traffic between your networks.
/ip ipsec policy add peer=cf-0123abcd proposal=cf-0123abcd tunnel=yes level=unique action=encrypt src-address=10.252.2.21/32 dst-address=10.252.2.20/32
/ip ipsec policy add peer=cf-0123abcd proposal=cf-0123abcd tunnel=yes level=unique action=encrypt src-address=DECIDE-2-LAN-NETWORK dst-address=DECIDE-1-NETWORKS
/ip firewall mangle add chain=forward action=change-mss new-mss=1360 protocol=tcp tcp-flags=syn tcp-mss=1361-65535 ipsec-policy=in,ipsec passthrough=yes comment=cf-0123abcd
/ip firewall mangle add chain=forward action=change-mss new-mss=1360 protocol=tcp tcp-flags=syn tcp-mss=1361-65535 ipsec-policy=out,ipsec passthrough=yes comment=cf-0123abcd
# Traffic of the tunnel must not be translated: this rule stands before every masquerade.
/ip firewall nat add chain=srcnat action=accept ipsec-policy=out,ipsec place-before=0 comment=cf-0123abcd
/ip firewall filter add chain=input action=accept protocol=icmp ipsec-policy=in,ipsec place-before=0 comment=cf-0123abcd

# Clean up:
# /ip firewall mangle remove [find comment=cf-0123abcd]
# /ip firewall nat remove [find comment=cf-0123abcd]
# /ip firewall filter remove [find comment=cf-0123abcd]
# /ip ipsec policy remove [find peer=cf-0123abcd]
# /ip ipsec identity remove [find peer=cf-0123abcd]
# /ip ipsec peer remove [find name=cf-0123abcd]
# /ip ipsec profile remove [find name=cf-0123abcd]
# /ip ipsec proposal remove [find name=cf-0123abcd]
# /interface bridge remove [find name=cf-0123abcd]
