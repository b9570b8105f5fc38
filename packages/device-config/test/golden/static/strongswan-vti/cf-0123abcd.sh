#!/bin/sh
# Cloudflare IPsec tunnel: rotterdam-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: strongSwan (ipsec.conf and a VTI), strongSwan 5.3 or newer with its old ipsec.conf
# Template 1, sources of 2026-11-28. Not run by us in this form: where you can, take the one with swanctl, which we ran. Cloudflare describes a like one.
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

route=$(ip -o route get 162.159.135.10)
underlay=$(echo "$route" | sed -n 's/.* dev \([^ ]*\) .*/\1/p')
source=$(echo "$route" | sed -n 's/.* src \([^ ]*\) .*/\1/p')
ip tunnel add cf-0123abcd mode vti local "$source" remote 162.159.135.10 key 19114958 dev "$underlay"
sysctl -q -w net.ipv4.conf.cf-0123abcd.disable_policy=1
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
