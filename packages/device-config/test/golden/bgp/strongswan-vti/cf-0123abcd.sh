#!/bin/sh
# Cloudflare IPsec tunnel: aws-eu-central-1-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: strongSwan (ipsec.conf and a VTI), strongSwan 5.3 or newer with its old ipsec.conf
# Template 1, sources of 2026-11-28. Not run by us in this form: where you can, take the one with swanctl, which we ran. Cloudflare describes a like one.
#
#                   Cloudflare            this device
# outside address   162.159.135.10        203.0.113.20
# inside address    169.254.240.2         169.254.240.1/30
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
ip address add 169.254.240.1/30 dev cf-0123abcd
ip link set cf-0123abcd mtu 1400 up
sysctl -q -w net.ipv4.conf.cf-0123abcd.rp_filter=2
iptables -t mangle -A FORWARD -o cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
iptables -t mangle -A FORWARD -i cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
# Cloudflare announces 0.0.0.0/0. Keep the way to Cloudflare itself outside the tunnel:
# ip route add 162.159.135.10/32 via GATEWAY dev "$underlay"
# ip route add DECIDE-1-NETWORKS dev cf-0123abcd

# Clean up:
# iptables -t mangle -D FORWARD -o cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
# iptables -t mangle -D FORWARD -i cf-0123abcd -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
# ip link delete cf-0123abcd
