#!/bin/sh
# Cloudflare IPsec tunnel: rotterdam-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: strongSwan (swanctl and an XFRM interface), strongSwan 5.8 or newer on Linux 4.19 or newer
# Template 1, sources of 2026-11-28. IKE, ping and BGP ran on strongSwan 5.9.8, BIRD 2.0 and FRR 8.4 against a stand-in for Cloudflare, with ESP in user space; the XFRM interface itself was not run.
#
#                   Cloudflare            this device
# outside address   162.159.135.10        203.0.113.20
# inside address    10.252.2.20           10.252.2.21/31
# IKE identity      162.159.135.10        0123abcd89ab4cdef0123456789abcde.123456789.ipsec.cloudflare.com
#
# The device begins: Cloudflare only answers. Let UDP 500, UDP 4500 and ESP (IP protocol 50) through.
# DECIDE-1-NETWORKS: which networks lie behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.
#
# Run it as root at each start, before strongSwan.
set -eu

underlay=$(ip -o route get 162.159.135.10 | sed -n 's/.* dev \([^ ]*\) .*/\1/p')
ip link add cf-0123abcd type xfrm dev "$underlay" if_id 19114958
ip address add 10.252.2.21/31 dev cf-0123abcd
ip link set cf-0123abcd mtu 1400 up
sysctl -q -w net.ipv4.conf.cf-0123abcd.rp_filter=2
iptables -t mangle -A FORWARD -o cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
iptables -t mangle -A FORWARD -i cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
# ip route add DECIDE-1-NETWORKS dev cf-0123abcd

# Clean up:
# iptables -t mangle -D FORWARD -o cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
# iptables -t mangle -D FORWARD -i cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
# ip link delete cf-0123abcd
