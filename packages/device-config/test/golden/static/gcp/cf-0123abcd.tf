# Cloudflare IPsec tunnel: rotterdam-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: Google Cloud VPN, Terraform, provider hashicorp/google 6 or newer
# Template 1, sources of 2026-11-28. Not applied to Google Cloud by us. Cloudflare describes these settings with a Classic VPN gateway, without BGP.
#
#                   Cloudflare            this device
# outside address   162.159.135.10        203.0.113.20
# inside address    10.252.2.20           10.252.2.21/31
# IKE identity      162.159.135.10        203.0.113.20
#
# The device begins: Cloudflare only answers. Let UDP 500, UDP 4500 and ESP (IP protocol 50) through.

variable "cf_0123abcd_key" {
  type        = string
  sensitive   = true
  description = "Pre-shared key; never write it into a file that is kept."
}

variable "cf_0123abcd_region" {
  type        = string
  description = "The region of the gateway, such as europe-west4"
}

variable "cf_0123abcd_gateway" {
  type        = string
  description = "The Classic VPN gateway that is there already"
}

variable "cf_0123abcd_network" {
  type        = string
  description = "The VPC network of the gateway"
}

resource "google_compute_vpn_tunnel" "cf_0123abcd" {
  name                    = "cf-0123abcd"
  description             = "Cloudflare rotterdam-a"
  region                  = var.cf_0123abcd_region
  ike_version             = 2
  shared_secret           = var.cf_0123abcd_key
  target_vpn_gateway      = var.cf_0123abcd_gateway
  peer_ip                 = "162.159.135.10"
  local_traffic_selector  = ["0.0.0.0/0"]
  remote_traffic_selector = ["0.0.0.0/0"]
}

# The answers to health checks. Make one more of these for each network behind Cloudflare.
resource "google_compute_route" "cf_0123abcd" {
  name                = "cf-0123abcd"
  network             = var.cf_0123abcd_network
  dest_range          = "10.252.2.20/32"
  next_hop_vpn_tunnel = google_compute_vpn_tunnel.cf_0123abcd.id
}

# Clean up: terraform destroy, or take this file away and apply.
